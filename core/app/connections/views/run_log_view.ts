import { z } from 'zod'
import { logLevels, type LoggedLine } from '../run_log/run_log.ts'
import { time } from './shared.ts'

export const RunLogLineView = z
  .object({
    id: z.string(),
    at: time,
    level: z.enum(logLevels),
    message: z.string(),
    data: z.record(z.string(), z.unknown()).nullable().describe('What the connector adds'),
  })
  .meta({ id: 'RunLogLine' })

export function runLogLineView(line: LoggedLine): z.input<typeof RunLogLineView> {
  const { id, at, level, message, data } = line
  return { id: String(id), at: at.toISOString(), level, message, data }
}
