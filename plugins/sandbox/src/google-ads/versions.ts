import { dayOf } from '../world/calendar.ts'

/** Versions of the API and the day on which each is or will be switched off. */
export const VERSIONS: Record<number, string> = {
  21: '2026-08-05',
  22: '2026-10-07',
  23: '2027-02-24',
  24: '2027-05-26',
  25: '2027-08-25',
  26: '2027-11-24',
}

export const isSunset = (version: number, now: number): boolean =>
  now >= dayOf(VERSIONS[version] ?? '1970-01-01') * 86_400
