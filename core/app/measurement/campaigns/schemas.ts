import { cleanCampaignName } from '@analyticaflow/sdk'
import { z } from 'zod'
import type { CampaignMapping } from './mappings.ts'

const text = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .refine((value) => !/\p{Cc}/u.test(value), 'Control characters are no part of it')
const name = text.refine((value) => cleanCampaignName(value) !== '', 'No letter or digit is in it')

const id = text.describe("The ad platform's id of the campaign")

const oneOf = <Side extends Record<string, string | undefined>>(
  side: Side,
  ...names: (keyof Side)[]
) => names.filter((key) => side[key] !== undefined).length === 1

export const MappingBody = z.object({
  from: z
    .strictObject({
      source: text.optional().describe('Only what came from it; case is overlooked'),
      campaign: name.optional().describe('As links call it: cleaned before it is compared'),
      campaign_id: id.optional(),
    })
    .refine((from) => oneOf(from, 'campaign', 'campaign_id'), 'Name one: campaign or campaign_id'),
  to: z
    .strictObject({
      campaign_key: name.optional().describe('A name of the campaign, cleaned or not'),
      campaign_id: id.optional(),
    })
    .refine(
      (to) => oneOf(to, 'campaign_key', 'campaign_id'),
      'Name one: campaign_key or campaign_id'
    ),
})

export const MappingView = z
  .object({
    id: z.string(),
    from: z.object({
      source: z.string().nullable(),
      campaign: z.string().nullable(),
      campaign_id: z.string().nullable(),
    }),
    to: z.object({ campaign_key: z.string().nullable(), campaign_id: z.string().nullable() }),
  })
  .meta({ id: 'CampaignMapping' })

export function mappingOf({ from, to }: z.output<typeof MappingBody>): Omit<CampaignMapping, 'id'> {
  return {
    from_source: from.source ?? '',
    from_campaign: from.campaign ?? '',
    from_campaign_id: from.campaign_id ?? '',
    to_campaign: to.campaign_key ?? '',
    to_campaign_id: to.campaign_id ?? '',
  }
}

const known = (value: string) => (value === '' ? null : value)

export function mappingView(mapping: CampaignMapping): z.input<typeof MappingView> {
  return {
    id: String(mapping.id),
    from: {
      source: known(mapping.from_source),
      campaign: known(mapping.from_campaign),
      campaign_id: known(mapping.from_campaign_id),
    },
    to: {
      campaign_key: known(mapping.to_campaign),
      campaign_id: known(mapping.to_campaign_id),
    },
  }
}
