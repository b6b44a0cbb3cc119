import { z } from 'zod'
import { models } from '#attribution/public'
import { commonMeta } from '../schemas.ts'

const label = z.string().nullable()

/** What one touch of one conversion is credited with. */
export const CreditRow = z.object({
  conversion_id: z.string(),
  conversion_time: z.iso.datetime({ offset: true }),
  date: z.iso.date().describe("Of the conversion, in the project's time zone"),
  position: z.number().describe('Of the touch on its path, from 1'),
  path_length: z.number().describe('0: no touch within the window, the credit is unattributed'),
  touch_time: z.iso.datetime({ offset: true }).nullable(),
  player: label.describe('As in the report'),
  channel: label,
  source: label,
  medium: label,
  campaign: label,
  ad: label,
  keyword: label,
  landing_page: label,
  country: label,
  device: label,
  models: z.partialRecord(
    z.enum(models),
    z.object({ credit: z.number(), amount: z.number().describe('Of revenue or margin') })
  ),
})

export const CreditsPage = z
  .object({
    data: z.array(CreditRow),
    next_cursor: z.string().nullable(),
    meta: z.object(commonMeta),
  })
  .meta({ id: 'CreditsPage' })
export type CreditsPage = z.input<typeof CreditsPage>
