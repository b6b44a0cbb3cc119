import { findPersonEndpoint } from './endpoints/people.ts'
import { createErasure, indexErasures, showErasure } from './endpoints/erasures.ts'
import { createExport, downloadExport, indexExports, showExport } from './endpoints/exports.ts'

export default [
  findPersonEndpoint,
  createExport,
  indexExports,
  showExport,
  downloadExport,
  createErasure,
  indexErasures,
  showErasure,
]
