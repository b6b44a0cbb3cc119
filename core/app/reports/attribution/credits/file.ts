import type { Readable } from 'node:stream'
import type { ProjectContext } from '#shared/http/types'
import { streamStatement } from '../../queries/run_statement.ts'
import { reportGate } from '../../queries/report_gate.ts'
import type { AttributionRequest } from '../request.ts'
import { creditFileStatement } from '../sql/credit_rows_statement.ts'
import { openCredits } from './open.ts'

/** All credits of the range as CSV, as the engine writes it: it never is in memory as a whole. */
export function creditsFile(
  request: AttributionRequest,
  project: ProjectContext,
  signal: AbortSignal
): Promise<Readable> {
  return reportGate.run(String(project.id), async () => {
    const { plan, reading, naming, values, queryId } = await openCredits(
      request,
      project,
      undefined
    )
    const statement = reading.prepare('credits', creditFileStatement(plan, naming), values)
    return streamStatement(statement, `${queryId}-file`, signal)
  })
}
