import { z } from 'zod'
import { timezoneField } from '#projects/public'
import { cronFault } from './cron.ts'

/** A schedule as it is given; without a time zone it is that of the project. */
export const scheduleField = z.strictObject({
  cron: z
    .string()
    .trim()
    .max(200)
    .superRefine((cron, context) => {
      const fault = cronFault(cron)
      if (fault !== undefined) context.addIssue(fault)
    })
    .describe('Five fields: minute, hour, day, month, weekday; at least 5 minutes apart'),
  timezone: timezoneField.optional().describe('IANA time zone; by default that of the project now'),
})

export const ScheduleView = z
  .object({ cron: z.string(), timezone: z.string() })
  .meta({ id: 'Schedule', description: 'When an integration runs by itself' })
