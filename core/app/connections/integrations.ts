import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { Problem, invalidField } from '#shared/http/problem'
import { parseId } from '#shared/ids'
import { credentialVault, CredentialsUnreadable, type Credentials } from './credentials.ts'
import { runRemovalHooks } from './hooks.ts'
import Integration from './models/integration.ts'
import SyncRun from './models/sync_run.ts'
import { allSources, fileField, sourceOf } from './registry/registry.ts'
import type { Source } from './registry/load.ts'
import { lockIntegration } from './runs.ts'
import { guardHosts, merge, parseConfig } from './source_config.ts'

type Values = Record<string, unknown>

export interface IntegrationInput {
  type: string
  name?: string | undefined
  settings: Values
  credentials: Values
}

export interface IntegrationChanges {
  name?: string | undefined
  settings?: Values | undefined
  credentials?: Values | undefined
}

/** The project's integration, or a 404. */
export async function findIntegration(projectId: number, id: string): Promise<Integration> {
  const integration = await Integration.query()
    .where({ id: parseId(id) ?? 0, project_id: projectId })
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

function connectable(type: string): Source {
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
  parseConfig(source, { settings, credentials })
  const integration = await unlessTaken(() =>
    Integration.create(
      { projectId, type: source.id, name: input.name ?? source.title, settings, status: 'pending' },
      { client: trx }
    )
  )
  // The id is part of what is encrypted, so the row comes first.
  seal(integration, credentials)
  await integration.save()
  return integration.refresh()
}

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
  if (changes.settings !== undefined || changes.credentials !== undefined) {
    const source = connectable(row.type)
    const given = changes.credentials ?? {}
    const before = { settings: row.settings, credentials: readableCredentials(row) }
    const after = {
      settings: merge(before.settings, changes.settings ?? {}),
      credentials: merge(before.credentials, given),
    }
    guardHosts(source, before, after, given)
    parseConfig(source, after)
    row.settings = after.settings
    seal(row, after.credentials)
  }
  return unlessTaken(() => row.save())
}

/** Removes an integration with its runs; what it loaded goes by the removal hooks. */
export async function deleteIntegration(integration: Integration): Promise<void> {
  await db.transaction(async (trx) => {
    await lockIntegration(trx, integration)
    const open = await SyncRun.query({ client: trx })
      .where('integration_id', integration.id)
      .whereIn('status', ['queued', 'running'])
      .forUpdate()
    if (open.some(({ status }) => status === 'running')) {
      throw new Problem('conflict', { detail: 'A run is going on: cancel it first' })
    }
    await runRemovalHooks(integration, trx)
    await integration.useTransaction(trx).delete()
  })
}
