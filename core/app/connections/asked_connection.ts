import { Problem } from '#shared/http/problem'
import type { ProjectContext } from '#shared/http/types'
import type { AskedConnection } from './ask_vendor.ts'
import { consentAuth } from './auth/chosen_auth.ts'
import {
  changedConfig,
  connectable,
  credentialsOf,
  type IntegrationChanges,
} from './integrations.ts'
import type Integration from './models/integration.ts'
import { sourceOf } from './registry/registry.ts'
import { merge, parseConfig } from './source_config.ts'

type Values = Record<string, unknown>

/** Settings that are not saved, whole or still without what is to be picked. */
export interface UnsavedConnection {
  type: string
  settings: Values
  credentials: Values
}

/** @throws Problem a 422 naming each field at fault */
export function unsavedConnection(
  project: ProjectContext,
  { type, ...given }: UnsavedConnection,
  isDraft: boolean
): AskedConnection {
  const source = connectable(type)
  const credentials = merge({}, given.credentials)
  const config = parseConfig(source, { settings: merge({}, given.settings), credentials }, isDraft)
  return { source, project, config, credentials }
}

/** Whether a consent is needed that only a saved connection can have. */
export const needsConsent = ({ source, config }: AskedConnection): boolean =>
  consentAuth(source, config) !== undefined

/**
 * A saved connection, as it is or as changes would make it: these are checked like a PATCH, so that no
 * stored secret goes to a new host.
 */
export function savedConnection(
  project: ProjectContext,
  integration: Integration,
  changes: Pick<IntegrationChanges, 'settings' | 'credentials'>,
  isDraft: boolean
): AskedConnection {
  const source = sourceOf(integration.type)
  if (source === undefined) {
    throw new Problem('conflict', { detail: `The source “${integration.type}” is not installed` })
  }
  const { id: integrationId, projectId } = integration
  const isChanged = changes.settings !== undefined || changes.credentials !== undefined
  const parts = isChanged
    ? changedConfig(source, integration, changes)
    : { settings: integration.settings, credentials: credentialsOf(integration), hasMoved: false }
  const config = parseConfig(source, parts, isDraft)
  return {
    source,
    project,
    config,
    credentials: parts.credentials,
    // What the vendor has given belongs to the host that it was given for.
    ...(!parts.hasMoved && { connection: { integrationId, projectId } }),
  }
}
