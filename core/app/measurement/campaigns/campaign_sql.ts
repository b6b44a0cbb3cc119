import { foldCampaign } from '#warehouse/public'

/** SQL of what a row knows of its campaign; `''` is what it does not know. */
export interface CampaignColumns {
  source: string
  campaign: string
  campaignId: string
}

const list = (name: string) => `{${name}:Array(String)}`
const lookUp = (value: string, from: string, to: string) =>
  `transform(${value}, ${list(from)}, ${list(to)}, '')`
const firstKnown = (expressions: readonly string[]) =>
  expressions.reduceRight((rest, expression) => `if(${expression} != '', ${expression}, ${rest})`)

/** How a mapping's left side is looked up. */
export const mappedFrom = (source: string, kind: 'id' | 'name', value: string): string =>
  `${source}\n${kind}\n${value}`

const mapped = (source: string, kind: 'id' | 'name', value: string) =>
  lookUp(`concat(${source}, '\\n${kind}\\n', ${value})`, 'campaign_map_from', 'campaign_map_to')

/**
 * SQL for the key of the campaign that a visit, an order or an ad's cost belongs to: where the keys of
 * a visit and of a cost are equal, they are of one campaign. In order: the id of a campaign that costs
 * are known of, the cleaned name of one (a former name as well), a mapping of the project; else its own
 * cleaned name, or its id where it has no name. '' where nothing is known.
 *
 * Works over columns of `daily_kpi`, `touch` and `order_facts`, and inside
 * `arrayMap((source, campaign, campaign_id) -> …, touch_source, touch_campaign, touch_campaign_id)`.
 * The statement needs the parameters of `campaignResolution`.
 */
export function campaignKey({ source, campaign, campaignId }: CampaignColumns): string {
  // A name that stands in few rows' words is cleaned once.
  const own = foldCampaign(`toLowCardinality(if(${campaign} = '', ${campaignId}, ${campaign}))`)
  const name = `toString(${own})`
  const lowered = `lowerUTF8(${source})`
  const matched = [
    lookUp(campaignId, 'campaign_ids', 'campaign_id_keys'),
    lookUp(name, 'campaign_names', 'campaign_name_keys'),
  ]
  const mappings = [
    mapped(lowered, 'id', campaignId),
    mapped(`''`, 'id', campaignId),
    mapped(lowered, 'name', name),
    mapped(`''`, 'name', name),
  ]
  // Without mappings the condition is a constant, and nothing of the rest is computed.
  const unmatched = `if(empty(${list('campaign_map_from')}), ${name}, ${firstKnown([...mappings, name])})`
  return firstKnown([...matched, unmatched])
}

/** SQL for the name that people know a campaign's key by: the newest of the ad account, else `own`. */
export function campaignLabel(key: string, own: string): string {
  return firstKnown([lookUp(key, 'campaign_keys', 'campaign_labels'), own])
}
