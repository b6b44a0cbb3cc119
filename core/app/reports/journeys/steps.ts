import { findTouchDimension, type TouchDimension } from '../attribution/dimensions.ts'

/** What a path can be made of: dimensions of touches. */
export const stepKeys = [
  'channel',
  'source',
  'source_medium',
  'campaign',
  'landing_page',
  'ad',
  'keyword',
  'country',
  'device',
] as const
export type StepKey = (typeof stepKeys)[number]

export interface Step extends TouchDimension {
  key: StepKey
}

export function stepOf(key: StepKey): Step {
  const dimension = findTouchDimension(key)
  if (!dimension) throw new Error(`Touches have no ${key}`)
  return { ...dimension, key }
}
