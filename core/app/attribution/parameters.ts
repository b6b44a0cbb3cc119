import { z } from 'zod'

export const models = [
  'first_touch',
  'last_touch',
  'last_non_direct',
  'linear',
  'time_decay',
  'position_based',
  'markov',
  'shapley',
] as const
export type Model = (typeof models)[number]

const fraction = z.number().min(0).max(1).describe('Read to 9 decimal places')

const TimeDecay = z.strictObject({
  half_life_days: z
    .number()
    .positive()
    .max(365)
    .default(7)
    .describe('A touch this much before the last one weighs half of it'),
})

const PositionBased = z
  .strictObject({ first: fraction.default(0.4), last: fraction.default(0.4) })
  .refine(({ first, last }) => nanoFraction(first) + nanoFraction(last) <= 1_000_000_000n, {
    error: 'first and last exceed 1 together',
  })
  // Two touches share in this proportion, which 0 : 0 is none.
  .refine(({ first, last }) => nanoFraction(first) + nanoFraction(last) > 0n, {
    error: 'first and last are both 0',
  })

const Markov = z.strictObject({
  allocation: z
    .enum(['path', 'global'])
    .default('path')
    .describe('`path` credits each order to its own path, `global` the sum of all orders'),
})

/** Which models to compute and how; defaults are those of the design. */
export const AttributionParameters = z.strictObject({
  models: z
    .array(z.enum(models))
    .min(1)
    .default([...models]),
  window_days: z.int().min(1).max(365).default(30),
  params: z
    .strictObject({
      time_decay: TimeDecay.prefault({}),
      position_based: PositionBased.prefault({}),
      markov: Markov.prefault({}),
    })
    .prefault({}),
})
export type AttributionParameters = z.output<typeof AttributionParameters>

/** A fraction such as 0.4 in billionths, so that 0.1 is a tenth and not the double next to it. */
export function nanoFraction(value: number): bigint {
  return BigInt(Math.round(value * 1e9))
}
