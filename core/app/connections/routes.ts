import { authorizeEndpoint, oauthCallback } from './endpoints/authorize.ts'
import {
  checkEndpoint,
  checkUnsavedEndpoint,
  optionsEndpoint,
  unsavedOptionsEndpoint,
} from './endpoints/check.ts'
import {
  createImportEndpoint,
  downloadRejected,
  indexImports,
  showImport,
} from './endpoints/imports.ts'
import {
  createIntegrationEndpoint,
  deleteIntegrationEndpoint,
  indexIntegrations,
  showIntegration,
  updateIntegrationEndpoint,
} from './endpoints/integrations.ts'
import { streamRun } from './endpoints/run_events.ts'
import { showRunLog } from './endpoints/run_log.ts'
import { cancelRunEndpoint, createRunEndpoint, indexRuns, showRun } from './endpoints/runs.ts'
import { indexSources, showSource } from './endpoints/sources.ts'
import { applicationWebhookEndpoint, webhookEndpoint } from './endpoints/webhooks.ts'

export default [
  indexSources,
  showSource,
  indexIntegrations,
  createIntegrationEndpoint,
  showIntegration,
  updateIntegrationEndpoint,
  deleteIntegrationEndpoint,
  checkUnsavedEndpoint,
  checkEndpoint,
  unsavedOptionsEndpoint,
  optionsEndpoint,
  authorizeEndpoint,
  oauthCallback,
  createRunEndpoint,
  indexRuns,
  showRun,
  streamRun,
  showRunLog,
  cancelRunEndpoint,
  createImportEndpoint,
  indexImports,
  showImport,
  downloadRejected,
  webhookEndpoint,
  applicationWebhookEndpoint,
]
