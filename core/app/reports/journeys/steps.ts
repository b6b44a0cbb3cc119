import { foldCampaign } from '#warehouse/public'

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

/** What a path is made of. */
export interface Step {
  key: StepKey
  /** Columns of `touch`; `journeys` has them as arrays. */
  columns: readonly string[]
  /** SQL over these, '' where a touch has no value. */
  value: (...columns: string[]) => string
  /** Different spellings of one value are one step, which is shown by the first of them. */
  fold?: (text: string) => string
}

const plain = (key: StepKey): Step => ({ key, columns: [key], value: (column) => column })

const campaign: Step = {
  key: 'campaign',
  columns: ['campaign'],
  // TRICKY: LowCardinality, so that each spelling is cleaned once and not once per touch.
  value: (column) => foldCampaign(`toLowCardinality(${column})`),
  fold: foldCampaign,
}

const sourceMedium: Step = {
  key: 'source_medium',
  columns: ['source', 'medium'],
  value: (source, medium) =>
    `if(${source} = '' AND ${medium} = '', '', concat(${source}, ' / ', ${medium}))`,
}

export function stepOf(key: StepKey): Step {
  if (key === 'campaign') return campaign
  return key === 'source_medium' ? sourceMedium : plain(key)
}

/** SQL over a row of `touch`. */
export const stepOfTouch = ({ columns, value }: Step): string => value(...columns)

/** SQL over a row of `journeys`: the step of each of its touches. */
export function stepsOfJourney({ columns, value }: Step): string {
  const arrays = columns.map((column) => `touch_${column}`).join(', ')
  const its = columns.map((column) => `its_${column}`)
  const step = value(...its)
  return step === its[0] ? arrays : `arrayMap((${its.join(', ')}) -> ${step}, ${arrays})`
}
