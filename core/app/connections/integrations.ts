import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { Problem, invalidField } from '#shared/http/problem'
import { parseId } from '#shared/ids'
import { credentialVault, CredentialsUnreadable, type Credentials } from './credentials.ts'
import Integration from './models/integration.ts'
import { allSources, fileField, sourceOf } from './registry/registry.ts'
import type { Source } from './registry/load.ts'
import { nextRun } from './schedules/cron.ts'
import { consentAuth } from './auth/chosen_auth.ts'
import { forgetTokens } from './auth/token_store.ts'
import { unpickedFields } from './draft_config.ts'
import {
  guardHosts,
  hasMoved,
  merge,
  parseConfig,
  readsAnother,
  type ConfigParts,
} from './source_config.ts'
import type { Schedule } from './types.ts'

type Values = Record<string, unknown>

export interface IntegrationInput {
  type: string
  name?: string | undefined
  settings: Values
  credentials: Values
  schedule: Schedule | null
}

export interface IntegrationChanges {
  name?: string | undefined
  settings?: Values | undefined
  credentials?: Values | undefined
  schedule?: Schedule | null | undefined
  /** A pause, or its end. */
  status?: 'paused' | 'active' | undefined
}

/** The project's integration, or a 404. */
export async function findIntegration(projectId: number, id: string): Promise<Integration> {
  const integration = await Integration.query()
    .where({ id: parseId(id) ?? 0, project_id: projectId })
    .whereNull('removed_at')
    .first()
  if (integration === null) {
    throw new Problem('not_found', { detail: 'There is no such integration' })
  }
  return integration
}

/** The secrets of an integration. Never hand them to anything but its source. */
export function credentialsOf({ id, projectId, encryptedCredentials }: Integration): Credentials {
  if (encryptedCredentials === null) return {}
  return credentialVault().decrypt(encryptedCredentials, { projectId, integrationId: id })
}

/** Settings and secrets, as they were typed in. @throws CredentialsUnreadable */
export const valuesOf = (integration: Integration): Values => ({
  ...integration.settings,
  ...credentialsOf(integration),
})

/**
 * The same as the source's schema makes them, defaults included, as far as they are there.
 *
 * @throws CredentialsUnreadable, Problem a 422 where they do not fit any more
 */
export function draftOf(source: Source, integration: Integration): Values {
  const { settings } = integration
  return parseConfig(source, { settings, credentials: credentialsOf(integration) }, true)
}

/** Secrets under a lost key are as good as none: they have to be entered again. */
function readableCredentials(integration: Integration): Credentials {
  try {
    return credentialsOf(integration)
  } catch (error) {
    if (error instanceof CredentialsUnreadable) return {}
    throw error
  }
}

function seal(integration: Integration, credentials: Credentials): void {
  const { projectId, id } = integration
  integration.encryptedCredentials =
    Object.keys(credentials).length === 0
      ? null
      : credentialVault().encrypt(credentials, { projectId, integrationId: id })
}

/** @throws Problem a 422 for a source that is not there, or that files feed */
export function connectable(type: string): Source {
  const source = sourceOf(type)
  if (source === undefined) {
    const known = allSources()
      .map(({ id }) => id)
      .join(', ')
    throw invalidField('type', 'unknown_source', `There is no source “${type}”; there are ${known}`)
  }
  if (fileField(source) !== undefined) {
    const message = `${source.title} is fed by files: send one to …/imports`
    throw invalidField('type', 'file_source', message)
  }
  return source
}

const TAKEN = '23505'
const nameTaken = () =>
  new Problem('conflict', { detail: 'The project has another integration with this name' })

async function unlessTaken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === TAKEN) throw nameTaken()
    throw error
  }
}

export async function createIntegration(
  projectId: number,
  input: IntegrationInput,
  trx: TransactionClientContract
): Promise<Integration> {
  const source = connectable(input.type)
  const settings = merge({}, input.settings)
  const credentials = merge({}, input.credentials)
  parseConfig(source, { settings, credentials }, true)
  const { name = source.title, schedule } = input
  const integration = await unlessTaken(() =>
    Integration.create(
      { projectId, type: source.id, name, settings, schedule, status: 'pending' },
      { client: trx }
    )
  )
  // The id is part of what is encrypted, so the row comes first.
  seal(integration, credentials)
  integration.nextRunAt = nextRunOf(integration)
  await integration.save()
  return integration.refresh()
}

/** When the schedule comes up next; never while paused. */
function nextRunOf({ schedule, pausedAt }: Integration): DateTime | null {
  if (schedule === null || pausedAt != null) return null
  return DateTime.fromJSDate(nextRun(schedule, new Date()))
}

/** The integration as these changes would make it, checked. */
export function changedConfig(
  source: Source,
  row: Integration,
  { settings, credentials }: Pick<IntegrationChanges, 'settings' | 'credentials'>
): ConfigParts & { hasMoved: boolean; readsAnother: boolean } {
  const given = credentials ?? {}
  const before = { settings: row.settings, credentials: readableCredentials(row) }
  const after = {
    settings: merge(before.settings, settings ?? {}),
    credentials: merge(before.credentials, given),
  }
  guardHosts(source, before, after, given)
  // What has been picked once stays picked.
  const isDraft = unpickedFields(source, { ...before.settings, ...before.credentials }).length > 0
  parseConfig(source, after, isDraft)
  return {
    ...after,
    hasMoved: hasMoved(source, before, after),
    readsAnother: readsAnother(source, before, after),
  }
}

/**
 * Whether an integration would read something else than before. Then `cancelOpenRuns` comes first: a run
 * that goes on would note how far it has read the former account.
 */
export function becomesAnother(
  integration: Integration,
  changes: Pick<IntegrationChanges, 'settings' | 'credentials'>
): boolean {
  if (changes.settings === undefined && changes.credentials === undefined) return false
  return changedConfig(connectable(integration.type), integration, changes).readsAnother
}

async function changeConfig(
  row: Integration,
  { settings, credentials }: IntegrationChanges,
  trx: TransactionClientContract
): Promise<void> {
  if (settings === undefined && credentials === undefined) return
  const source = connectable(row.type)
  const after = changedConfig(source, row, { settings, credentials })
  // Tokens are of the account that the former host gave them for, or of the former key.
  const isKeyed = consentAuth(source, { ...after.settings, ...after.credentials }) === undefined
  if (after.hasMoved || (isKeyed && credentials !== undefined)) await forgetTokens(row.id, trx)
  // How far the former account was read says nothing of this one.
  if (after.readsAnother) {
    await trx.from('stream_positions').where('integration_id', row.id).delete()
  }
  row.settings = after.settings
  seal(row, after.credentials)
  // Whether the new secrets work, the next run tells; without this no schedule would ever start it.
  if (credentials !== undefined && row.status === 'needs_reauth') {
    row.merge({ status: 'active', error: null })
  }
}

function refuseFileSource(type: string, field: string): void {
  const source = sourceOf(type)
  if (source === undefined || fileField(source) === undefined) return
  throw invalidField(field, 'file_source', `${source.title} runs whenever a file is imported`)
}

/** A new schedule counts from now. */
function changeSchedule(row: Integration, schedule: Schedule | null): void {
  refuseFileSource(row.type, 'schedule')
  row.schedule = schedule
  row.nextRunAt = nextRunOf(row)
}

/** What comes up during a pause is not made up for. */
function changePause(row: Integration, paused: boolean): void {
  refuseFileSource(row.type, 'status')
  if (paused === (row.pausedAt !== null)) return
  row.pausedAt = paused ? DateTime.utc() : null
  row.nextRunAt = nextRunOf(row)
}

/** Whoever pauses an integration stops its runs once that is committed: `cancelOpenRuns`. */
export async function updateIntegration(
  integration: Integration,
  changes: IntegrationChanges,
  trx: TransactionClientContract
): Promise<Integration> {
  const row = await Integration.query({ client: trx })
    .where('id', integration.id)
    .forUpdate()
    .firstOrFail()
  if (changes.name !== undefined) row.name = changes.name
  await changeConfig(row, changes, trx)
  if (changes.schedule !== undefined) changeSchedule(row, changes.schedule)
  if (changes.status !== undefined) changePause(row, changes.status === 'paused')
  return unlessTaken(() => row.save())
}
