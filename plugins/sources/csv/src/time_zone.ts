const DAY = 86_400_000

/**
 * Wall times of one IANA time zone as instants. A time that the clocks skip moves forward by the gap;
 * one that they show twice is the earlier.
 */
export class TimeZone {
  readonly #format: Intl.DateTimeFormat
  /** Offset by day, NaN where it changes around that day. */
  readonly #days = new Map<number, number>()

  /** @throws RangeError if there is no such zone */
  constructor(name: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  }

  /** Milliseconds since 1970 of a wall time, itself given as if it were UTC. */
  instant(wall: number): number {
    const offset = this.offsetOn(wall)
    return Number.isNaN(offset) ? this.#exact(wall) : wall - offset
  }

  /** Offset from UTC on the day of a wall time, NaN where it changes around that day. */
  offsetOn(wall: number): number {
    const day = Math.floor(wall / DAY)
    let offset = this.#days.get(day)
    if (offset === undefined) {
      offset = this.#offsetOfDay(day)
      this.#days.set(day, offset)
    }
    return offset
  }

  #offsetOfDay(day: number): number {
    if (Number.isNaN(day)) return Number.NaN
    const before = this.#offset((day - 1) * DAY)
    const after = this.#offset((day + 2) * DAY)
    return before === after ? before : Number.NaN
  }

  /** Around a change of the offset: which of the two offsets the wall time had. */
  #exact(wall: number): number {
    const before = wall - this.#offset(wall - DAY)
    const after = wall - this.#offset(wall + DAY)
    const earlier = Math.min(before, after)
    if (this.#shows(earlier, wall)) return earlier
    const later = Math.max(before, after)
    // In a gap neither shows it; the offset before the gap moves it forward.
    return this.#shows(later, wall) ? later : before
  }

  #shows(instant: number, wall: number): boolean {
    return instant + this.#offset(instant) === wall
  }

  #offset(instant: number): number {
    const parts: Record<string, number> = {}
    for (const { type, value } of this.#format.formatToParts(instant)) parts[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    const whole = Math.floor(instant / 1000) * 1000
    return Date.UTC(year, month - 1, day, hour, minute, second) - whole
  }
}
