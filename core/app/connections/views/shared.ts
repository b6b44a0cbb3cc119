import type { DateTime } from 'luxon'
import { z } from 'zod'
import type { RunError } from '../types.ts'

export const time = z.iso.datetime({ offset: true })
export const count = z.int().min(0)

export const iso = (at: DateTime): string => at.toJSDate().toISOString()
export const isoOrNull = (at: DateTime | null): string | null => (at === null ? null : iso(at))

export const ErrorView = z
  .object({
    code: z.string(),
    message: z.string(),
    field: z.string().optional().describe('The setting at fault'),
    line: z.int().optional().describe('The line at fault of an imported file'),
  })
  .meta({ id: 'RunError', description: 'Why a run or an integration is in trouble' })

/** Only what is told: whatever else was stored stays inside. */
export function errorView(error: RunError | null): z.input<typeof ErrorView> | null {
  if (error === null) return null
  const { code, message, field, line } = error
  return {
    code,
    message,
    ...(field !== undefined && { field }),
    ...(line !== undefined && { line }),
  }
}
