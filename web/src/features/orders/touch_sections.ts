import type { OrderTouch } from '../../api/types.ts'

export interface NumberedTouch {
  touch: OrderTouch
  /** Its place on the path that models divide, from 1; null where it is not on it. */
  number: number | null
}

export interface TouchSections {
  before: NumberedTouch[]
  /** Within the window, whether or not the order is a conversion. */
  within: NumberedTouch[]
  after: NumberedTouch[]
}

/** Touches in order of time, by where they lie to the window of the order. */
export function sectionsOf(touches: readonly OrderTouch[]): TouchSections {
  const sections: TouchSections = { before: [], within: [], after: [] }
  let number = 0
  for (const touch of touches) {
    if (touch.eligible) number += 1
    const numbered = { touch, number: touch.eligible ? number : null }
    if (touch.reason === 'before_window') sections.before.push(numbered)
    else if (touch.reason === 'after_conversion') sections.after.push(numbered)
    else sections.within.push(numbered)
  }
  return sections
}

const DAY_MS = 86_400_000

/** Where in the window a moment lies, from 0, where it opens, to 1, the order. */
export function placeInWindow(at: string, orderedAt: string, windowDays: number): number {
  const before = Date.parse(orderedAt) - Date.parse(at)
  return Math.min(1, Math.max(0, 1 - before / (windowDays * DAY_MS)))
}

/** Days from the first touch that counts to the order; null where none does. */
export function daysToOrder(touches: readonly OrderTouch[], orderedAt: string): number | null {
  const first = touches.find(({ eligible }) => eligible)
  return first ? (Date.parse(orderedAt) - Date.parse(first.at)) / DAY_MS : null
}

/** The counted touches that were made under each identifier, by their numbers. */
export function numbersByAlias(touches: readonly OrderTouch[]): Map<string, number[]> {
  const numbers = new Map<string, number[]>()
  for (const { touch, number } of sectionsOf(touches).within) {
    const { alias_id: alias } = touch
    if (alias === null || number === null) continue
    numbers.set(alias, [...(numbers.get(alias) ?? []), number])
  }
  return numbers
}
