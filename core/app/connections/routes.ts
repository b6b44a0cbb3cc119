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
import { cancelRunEndpoint, createRunEndpoint, indexRuns, showRun } from './endpoints/runs.ts'
import { indexSources, showSource } from './endpoints/sources.ts'

export default [
  indexSources,
  showSource,
  indexIntegrations,
  createIntegrationEndpoint,
  showIntegration,
  updateIntegrationEndpoint,
  deleteIntegrationEndpoint,
  createRunEndpoint,
  indexRuns,
  showRun,
  streamRun,
  cancelRunEndpoint,
  createImportEndpoint,
  indexImports,
  showImport,
  downloadRejected,
]
