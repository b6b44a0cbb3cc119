import { exceedsYears, type Period } from './dates.ts'
import type { Faults } from './fault.ts'

const MAX_YEARS = 20

/** Whether days can be reported on; what is wrong with them is noted. */
export function checkPeriod({ from, to }: Period, faults: Faults): boolean {
  if (from > to) {
    faults.add('date_to', 'range', `date_to ${to} lies before date_from ${from}`)
    return false
  }
  if (exceedsYears({ from, to }, MAX_YEARS)) {
    faults.add('date_to', 'range', `A report covers at most ${MAX_YEARS} years`)
    return false
  }
  return true
}
