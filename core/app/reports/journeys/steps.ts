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

/** What a path is made of: SQL for its value, '' where a touch has none. */
export interface Step {
  key: StepKey
  /** Over a row of `touch`. */
  ofTouch: string
  /** Over a row of `journeys`: one value for each of its touches. */
  ofJourney: string
  /** Different spellings of one value are one step, which is shown by the first of them. */
  fold?: (text: string) => string
  /** The spellings, in both tables. */
  spelling?: { ofTouch: string; ofJourney: string }
}

const plain = (key: StepKey): Step => ({ key, ofTouch: key, ofJourney: `touch_${key}` })

const NOT_SET = `'(not set)'`
const known = (column: string) => `if(${column} = '', ${NOT_SET}, ${column})`
const pair = (source: string, medium: string) =>
  `if(${source} = '' AND ${medium} = '', '', concat(${known(source)}, ' / ', ${known(medium)}))`

/** TRICKY: LowCardinality, so that each spelling is cleaned once and not once per touch. */
const campaign: Step = {
  key: 'campaign',
  ofTouch: foldCampaign('toLowCardinality(campaign)'),
  ofJourney: `arrayMap(campaign -> ${foldCampaign('campaign')}, CAST(touch_campaign, 'Array(LowCardinality(String))'))`,
  fold: foldCampaign,
  spelling: { ofTouch: 'campaign', ofJourney: 'touch_campaign' },
}

const sourceMedium: Step = {
  key: 'source_medium',
  ofTouch: pair('source', 'medium'),
  ofJourney: `arrayMap((source, medium) -> ${pair('source', 'medium')}, touch_source, touch_medium)`,
}

export function stepOf(key: StepKey): Step {
  if (key === 'campaign') return campaign
  return key === 'source_medium' ? sourceMedium : plain(key)
}
