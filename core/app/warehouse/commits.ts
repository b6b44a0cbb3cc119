import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { StagedRows } from './records.ts'
import type { Version } from './versions.ts'

/** Why a commit exists; reports on changes group by it. */
export type CommitCause = 'sync' | 'import' | 'rebuild' | 'removal' | 'identity' | 'erasure'

export interface OpenCommit {
  projectId: string
  integrationId: string | null
  runId: string | null
  cause: CommitCause
}

interface CommitRow {
  id: string
}

/** Ids of commits whose rows still lie in the logs although they were never published. */
async function abortedCommits(projectId: string): Promise<string[]> {
  const found = (await db
    .from('commits')
    .where({ project_id: projectId, status: 'aborted' })
    .select('id')) as CommitRow[]
  return found.map(({ id }) => String(id))
}

/**
 * Begins a commit. The caller holds the project's publishing lock, so any other commit still open was
 * left behind by a process that died: it is aborted, and no reader will ever see its rows.
 */
export async function openCommit(commit: OpenCommit): Promise<Version> {
  await db
    .from('commits')
    .where({ project_id: commit.projectId, status: 'open' })
    .update({ status: 'aborted', aborted_at: new Date() })
  const [row] = (await db
    .table('commits')
    .insert({
      project_id: commit.projectId,
      integration_id: commit.integrationId,
      run_id: commit.runId,
      cause: commit.cause,
    })
    .returning('id')) as CommitRow[]
  if (!row) throw new Error('PostgreSQL returned no commit id')
  return {
    projectId: commit.projectId,
    commitId: String(row.id),
    aborted: await abortedCommits(commit.projectId),
  }
}

/**
 * Marks the commit published, inside the transaction that moves the stream's position. `orderDays`
 * are the rebuilt days, which the mirror `events` follows afterwards, as records do what was staged.
 */
export async function publishCommit(
  trx: TransactionClientContract,
  version: Version,
  orderDays: readonly string[],
  staged?: StagedRows
): Promise<void> {
  await trx
    .from('commits')
    .where({ id: version.commitId, status: 'open' })
    .update({
      status: 'published',
      published_at: new Date(),
      days: JSON.stringify(orderDays),
      staged: staged ? JSON.stringify(staged) : null,
    })
}

/** Gives up a commit that was begun; its rows are swept later. */
export async function abortCommit(version: Version): Promise<void> {
  await db
    .from('commits')
    .where({ id: version.commitId, status: 'open' })
    .update({ status: 'aborted', aborted_at: new Date() })
}

interface Published {
  newest: string | null
  erasure: string | null
  aborted: string[]
}

/**
 * What a project's reports show now; commit 0 before anything was published. One statement, so that
 * the newest commit and the aborted ones before it are of one moment.
 */
export async function publishedVersion(projectId: string): Promise<Version> {
  const { rows } = await db.rawQuery<{ rows: Published[] }>(
    `select
       (select max(id) from commits where project_id = :project and status = 'published') as newest,
       (select max(id) from commits where project_id = :project and status = 'published' and cause = 'erasure') as erasure,
       array(select id::text from commits where project_id = :project and status = 'aborted') as aborted`,
    { project: projectId }
  )
  const [found] = rows
  return {
    projectId,
    commitId: String(found?.newest ?? 0),
    aborted: found?.aborted ?? [],
    ...(found?.erasure && { readableFrom: String(found.erasure) }),
  }
}
