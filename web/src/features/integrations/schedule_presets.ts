/** Schedules that most people want; others are written as cron. */
export const PRESETS = [
  'off',
  'hourly',
  'six_hours',
  'daily',
  'weekdays',
  'weekly',
  'cron',
] as const
export type Preset = (typeof PRESETS)[number]

export interface ScheduleDraft {
  preset: Preset
  /** Of the presets that run once a day, in minutes from midnight. */
  minutes: number
  cron: string
  timezone: string
}

export interface Schedule {
  cron: string
  timezone: string
}

const NIGHT = 5 * 60
const DAY_MINUTES = 1440

const DAILY: Partial<Record<Preset, string>> = { daily: '*', weekdays: 'MON-FRI', weekly: 'MON' }

export const hasTime = (preset: Preset): boolean => preset in DAILY

/** Not on the hour, when everybody else asks the vendor, too. */
const FIXED: Partial<Record<Preset, string>> = { hourly: '17 * * * *', six_hours: '17 */6 * * *' }

const ONCE = /^(\d{1,2}) (\d{1,2}) \* \* (\*|MON-FRI|MON)$/i

/** How a schedule was most likely chosen. */
export function toDraft(schedule: Schedule | null, timezone: string): ScheduleDraft {
  const blank = { minutes: NIGHT, cron: '', timezone: schedule?.timezone ?? timezone }
  if (schedule === null) return { ...blank, preset: 'off' }
  const cron = schedule.cron.trim()
  const fixed = PRESETS.find((preset) => FIXED[preset] === cron)
  if (fixed) return { ...blank, preset: fixed }
  const [, minute, hour, days = ''] = ONCE.exec(cron) ?? []
  const preset = PRESETS.find((one) => DAILY[one] === days.toUpperCase())
  const minutes = Number(hour) * 60 + Number(minute)
  if (preset && minutes < DAY_MINUTES) return { ...blank, preset, minutes }
  return { ...blank, preset: 'cron', cron }
}

export function toSchedule({ preset, minutes, cron, timezone }: ScheduleDraft): Schedule | null {
  if (preset === 'off') return null
  const days = DAILY[preset]
  if (days !== undefined) {
    return { cron: `${minutes % 60} ${Math.floor(minutes / 60)} * * ${days}`, timezone }
  }
  return { cron: FIXED[preset] ?? cron.trim(), timezone }
}

/** `05:00` of a number of minutes, as inputs of times write it. */
export const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

export function minutesOf(time: string): number | null {
  const [, hour, minute] = /^(\d{2}):(\d{2})/.exec(time) ?? []
  return hour === undefined ? null : Number(hour) * 60 + Number(minute)
}
