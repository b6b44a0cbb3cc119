import { createErasure, erasures } from './endpoints/erasures.ts'
import { createExport, downloadExport, exports } from './endpoints/exports.ts'
import { findPersonEndpoint } from './endpoints/people.ts'
import { liftSuppressionEndpoint } from './endpoints/suppressions.ts'

export default [
  findPersonEndpoint,
  createExport,
  exports.index,
  exports.show,
  exports.retry,
  downloadExport,
  createErasure,
  erasures.index,
  erasures.show,
  erasures.retry,
  liftSuppressionEndpoint,
]
