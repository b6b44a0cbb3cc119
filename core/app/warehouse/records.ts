import { command } from './client.ts'
import { acceptedRows, isKnown, scopeParams, type AcceptedPages, type Change } from './diff.ts'
import { storedKinds, type StoredKind, type StoredKindName } from './kinds.ts'
import { versionParams, type Version } from './versions.ts'

/** The staged rows that a commit was made of. */
export interface StagedRows extends Pick<Change, 'stream' | 'pages' | 'identity'> {
  kinds: readonly StoredKindName[]
  /** What the commit replaced; absent in commits of a version before this one: all of the stream. */
  scope?: Change['scope']
  /** ISO 8601. */
  observedAt: string
}

/** Pages of a file that one statement sorts: they are large. */
const PAGES_AT_ONCE = 8

function shares({ pages, identity }: StagedRows): (readonly AcceptedPages[])[] {
  // A page that was read twice holds its keyed rows twice; only all of them together tell.
  if (identity === 'record_key') return [pages]
  return pages.flatMap(({ fence, from, to }) =>
    Array.from({ length: Math.ceil((to - from + 1) / PAGES_AT_ONCE) }, (_, share) => {
      const first = from + share * PAGES_AT_ONCE
      return [{ fence, from: first, to: Math.min(to, first + PAGES_AT_ONCE - 1) }]
    })
  )
}

/**
 * At the first load all rows are new: there is nothing to look up.
 *
 * TRICKY: a statement that is sent again counts once only if it cuts the same rows into the same blocks.
 */
const insertRecords = (kind: StoredKind, pages: readonly AcceptedPages[], known: boolean) => {
  const changed = `record_key IN (
    SELECT record_key FROM ${kind.log}
    WHERE project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64} AND run_id = {run_id:UInt64}
      AND stream = {stream:String} AND NOT is_deleted
  )`
  return `INSERT INTO records
    SELECT {project_id:UInt64}, {integration_id:UInt64}, stream, run_id, record_key, {commit_id:UInt64},
      parseDateTime64BestEffort({observed_at:String}, 3, 'UTC'), cityHash64(payload), payload
    FROM ${kind.stage}
    WHERE ${acceptedRows({ pages })} ${known ? `AND ${changed}` : ''}
    ORDER BY toUInt64OrZero(record_key), record_key, fence DESC, page DESC, _part_offset DESC LIMIT 1 BY record_key`
}

/**
 * Keeps the vendor's rows behind the facts that a published commit wrote, as long as they are staged. Safe
 * to repeat, also where a process has died in the middle of it.
 */
export async function writeRecords(
  version: Version,
  { runId, integrationId }: Pick<Change, 'runId' | 'integrationId'>,
  staged: StagedRows
): Promise<void> {
  const { scope = { type: 'all' } } = staged
  const params = {
    ...versionParams(version),
    ...scopeParams(scope),
    integration_id: integrationId,
    run_id: runId,
    stream: staged.stream,
    observed_at: staged.observedAt,
  }
  for (const name of staged.kinds) {
    const known = await isKnown(storedKinds[name], scope, params)
    for (const [share, pages] of shares(staged).entries()) {
      await command(insertRecords(storedKinds[name], pages, known), {
        params,
        settings: {
          insert_deduplication_token: `${version.commitId}:records:${staged.stream}:${name}:${share}`,
          // By its documentation ClickHouse else heeds the token only where it takes the select for stable.
          deduplicate_insert_select: 'enable_even_for_bad_queries',
        },
      })
    }
  }
}
