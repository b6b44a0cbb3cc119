/** Days are counted from 1970-01-01 and belong to a time zone; times are seconds of Unix. */
export const DAY = 86_400

export const dayOf = (date: string): number =>
  Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000)

export const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)

/** `2026-11-01T09:12:44Z` */
export const isoOf = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().replace('.000', '')

export interface Zone {
  readonly name: string
  /** Seconds that local time is ahead of UTC. */
  offsetAt(seconds: number): number
  dayAt(seconds: number): number
  startOf(day: number): number
}

const HOUR = 3600

function readOffset(format: Intl.DateTimeFormat, seconds: number): number {
  const part = (type: string) =>
    Number(parts.find(({ type: candidate }) => candidate === type)?.value)
  const parts = format.formatToParts(seconds * 1000)
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'))
  return local / 1000 - Math.floor(seconds / 60) * 60
}

/** A time zone. Offsets are remembered by the hour: zones change at whole hours of UTC. */
export function zoneOf(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  const known = new Map<number, number>()
  const offsetAt = (seconds: number) => {
    const hour = Math.floor(seconds / HOUR)
    const offset = known.get(hour) ?? readOffset(format, hour * HOUR)
    known.set(hour, offset)
    return offset
  }
  return {
    name,
    offsetAt,
    dayAt: (seconds) => Math.floor((seconds + offsetAt(seconds)) / DAY),
    startOf: (day) => {
      const guess = day * DAY - offsetAt(day * DAY)
      return day * DAY - offsetAt(guess)
    },
  }
}

/** `2026-11-01T10:12:44+01:00` */
export function localIso(zone: Zone, seconds: number): string {
  const offset = zone.offsetAt(seconds)
  const minutes = Math.abs(offset) / 60
  const two = (value: number) => String(value).padStart(2, '0')
  const text = isoOf(seconds + offset).replace('Z', '')
  return `${text}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
