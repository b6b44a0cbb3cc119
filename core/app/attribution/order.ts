import type { Touch } from './types.ts'

/** By the bytes of UTF-8, as databases compare; JavaScript's own order differs beyond U+FFFF. */
export function compareText(one: string, other: string): number {
  return one === other ? 0 : Buffer.compare(Buffer.from(one), Buffer.from(other))
}

/** By time, then by event id: one order, whatever order the events arrived in. */
export function compareTouches(one: Touch, other: Touch): number {
  return one.time - other.time || compareText(one.id, other.id)
}
