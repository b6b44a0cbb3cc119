import { Gate } from './gate.ts'
import { limits } from './limits.ts'

/** Through which all reports go, whatever they are of. */
export const reportGate = new Gate({
  running: limits.perProject,
  waiting: limits.perProject * 8,
})
