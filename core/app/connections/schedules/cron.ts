import { CronExpressionParser } from 'cron-parser'
import { DateTime } from 'luxon'
import type { Schedule } from '../types.ts'

/** Runs closer to each other would do little but queue. */
const MIN_MINUTES = 5

/** The parser also takes what no other cron knows: seconds, @daily, random `H`, `L`, `#`, `?`. */
const FIELD =
  /^([\d*,/-]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|SUN|MON|TUE|WED|THU|FRI|SAT)+$/i

const parse = ({ cron, timezone }: Schedule, after: Date) =>
  CronExpressionParser.parse(cron, { currentDate: after, tz: timezone })

/** Minutes between the two closest times of a schedule. */
function closest({ fields }: ReturnType<typeof parse>): number {
  const minutes = fields.minute.values.map(Number)
  const hours = new Set<number>(fields.hour.values.map(Number))
  const gaps = minutes.slice(1).map((minute, index) => minute - (minutes[index] ?? 0))
  const hourAfterHour = [...hours].some((hour) => hours.has((hour + 1) % 24))
  if (hourAfterHour) gaps.push((minutes[0] ?? 0) + 60 - (minutes.at(-1) ?? 0))
  return Math.min(60, ...gaps)
}

/** What is wrong with a cron expression, if anything is. */
export function cronFault(cron: string): string | undefined {
  const fields = cron.split(/\s+/)
  if (fields.length !== 5 || !fields.every((field) => FIELD.test(field))) {
    return 'Give the five fields minute, hour, day, month, weekday, such as 0 6 * * MON-FRI'
  }
  try {
    const expression = parse({ cron, timezone: 'UTC' }, new Date())
    // Throws for days that never come.
    expression.next()
    if (closest(expression) >= MIN_MINUTES) return undefined
    return `Leave at least ${MIN_MINUTES} minutes between two runs`
  } catch (error) {
    return error instanceof Error ? error.message : 'This is no cron expression'
  }
}

/**
 * The first time of the schedule after `after`. A time that the clock skips in spring comes as much
 * later; one that the clock shows twice in autumn counts at its first, unless every hour counts.
 */
export function nextRun(schedule: Schedule, after: Date): Date {
  const expression = parse(schedule, after)
  const everyHour = expression.fields.hour.isWildcard
  for (;;) {
    const next = expression.next().toDate()
    // TRICKY: the parser leaves the second one out only where it has just given the first.
    if (everyHour || !isRepeated(next, schedule.timezone)) return next
  }
}

/** Whether the clock has shown the same time before. */
function isRepeated(at: Date, timezone: string): boolean {
  const local = DateTime.fromJSDate(at, { zone: timezone })
  return local.getPossibleOffsets().some((other) => other < local)
}
