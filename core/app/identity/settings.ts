import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { addJob } from '#shared/jobs'
import { noIdentitySettings, type IdentitySettings } from '#warehouse/public'

interface SettingsRow {
  max_links: number
  revision: number
  settled_revision: number
}

interface SplitRow {
  id: string
  one_key: string
  other_key: string
  removed_at: Date | null
  revision: number
  settled_revision: number
}

/** What a commit has to know about identity, and what it settles by being published. */
export interface ProjectIdentity extends IdentitySettings {
  /** Revisions that are new since persons were computed last. */
  readonly unsettled: {
    readonly settings: number | undefined
    readonly splits: readonly { readonly id: string; readonly revision: number }[]
  }
}

const isUnsettled = (row: { revision: number; settled_revision: number }): boolean =>
  row.settled_revision < row.revision

function settingsRow(projectId: string, client: QueryClientContract) {
  return client
    .from('identity_settings')
    .where('project_id', projectId)
    .first() as Promise<SettingsRow | null>
}

/** The project's guards and splits, as the next commit has to apply them. */
export async function projectIdentity(projectId: string): Promise<ProjectIdentity> {
  const settings = await settingsRow(projectId, db.connection())
  const splits = (await db
    .from('identity_splits')
    .where('project_id', projectId)
    .where((either) => either.whereNull('removed_at').orWhereRaw('settled_revision < revision'))
    .orderBy('id')) as SplitRow[]
  const changed = splits.filter(isUnsettled)
  const pair = ({ one_key: one, other_key: other }: SplitRow) => [one, other] as const
  const isMoved = settings !== null && isUnsettled(settings)
  return {
    maxLinks: settings?.max_links ?? noIdentitySettings.maxLinks,
    splits: splits.filter((split) => split.removed_at === null).map(pair),
    changedSplits: changed.map(pair),
    everything: isMoved,
    unsettled: {
      settings: isMoved ? settings.revision : undefined,
      splits: changed.map(({ id, revision }) => ({ id: String(id), revision })),
    },
  }
}

/**
 * Notes that persons follow these settings: in the transaction that publishes the commit. What was
 * changed meanwhile has a higher revision, and stays unsettled.
 */
export async function settleIdentity(
  trx: TransactionClientContract,
  projectId: string,
  { unsettled }: ProjectIdentity
): Promise<void> {
  if (unsettled.settings !== undefined) {
    await trx
      .from('identity_settings')
      .where('project_id', projectId)
      .update({ settled_revision: unsettled.settings })
  }
  for (const { id, revision } of unsettled.splits) {
    await trx
      .from('identity_splits')
      .where({ id, project_id: projectId })
      .update({ settled_revision: revision })
  }
}

/** Lets persons follow what was changed, in the transaction of the change. */
export function queueSettling(projectId: number, trx: TransactionClientContract): Promise<void> {
  const id = String(projectId)
  return addJob('settle_identity', { project_id: id }, { key: `settle_identity:${id}` }, trx)
}

export interface GuardSettings {
  maxLinks: number
  isSettled: boolean
  areSplitsSettled: boolean
}

export async function guardSettings(projectId: number): Promise<GuardSettings> {
  const row = await settingsRow(String(projectId), db.connection())
  const unsettled: unknown = await db
    .from('identity_splits')
    .where('project_id', projectId)
    .whereRaw('settled_revision < revision')
    .select('id')
    .first()
  return {
    maxLinks: row?.max_links ?? noIdentitySettings.maxLinks,
    isSettled: row === null || !isUnsettled(row),
    areSplitsSettled: unsettled === null,
  }
}

/** @returns whether it was another limit before */
export async function saveMaxLinks(
  trx: TransactionClientContract,
  projectId: number,
  maxLinks: number
): Promise<boolean> {
  await trx.from('projects').where('id', projectId).forUpdate().select('id')
  const before = await settingsRow(String(projectId), trx)
  if ((before?.max_links ?? noIdentitySettings.maxLinks) === maxLinks) return false
  await trx
    .table('identity_settings')
    .insert({ project_id: projectId, max_links: maxLinks, revision: (before?.revision ?? 0) + 1 })
    .knexQuery.onConflict('project_id')
    .merge(['max_links', 'revision'])
  await queueSettling(projectId, trx)
  return true
}
