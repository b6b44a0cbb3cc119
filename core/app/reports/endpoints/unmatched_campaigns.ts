import { z } from 'zod'
import { endpoint } from '#shared/http/endpoint'
import { pageQuery } from '#shared/http/pagination'
import { readUnmatched } from '../campaigns/unmatched.ts'
import { checkPeriod } from '../plan/check_period.ts'
import { Faults } from '../plan/fault.ts'
import { day } from '../plan/request.ts'
import type { Row } from '../queries/run_statement.ts'

const known = z.string().nullable()

const SpendView = z
  .object({
    campaign: known,
    campaign_id: known,
    source: known,
    cost: z.number(),
    clicks: z.number(),
  })
  .meta({ id: 'SpendWithoutVisits' })

const VisitsView = z
  .object({
    campaign: known,
    campaign_id: known,
    source: known,
    medium: known,
    channel: known,
    visits: z.number(),
    is_paid: z.boolean().describe('The channel is one that costs money'),
  })
  .meta({ id: 'VisitsWithoutSpend' })

const text = (row: Row, column: string) => {
  const value = row[column]
  return value === undefined || value === null ? null : String(value)
}

const ofBoth = (row: Row) => ({
  campaign: text(row, 'campaign_name'),
  campaign_id: text(row, 'id'),
  source: text(row, 'source_name'),
})

const spendView = (row: Row): z.input<typeof SpendView> => ({
  ...ofBoth(row),
  cost: Number(row.cost),
  clicks: Number(row.clicks),
})

const visitsView = (row: Row): z.input<typeof VisitsView> => ({
  ...ofBoth(row),
  medium: text(row, 'medium_name'),
  channel: text(row, 'channel_name'),
  visits: Number(row.visits),
  is_paid: Number(row.is_paid) === 1,
})

export const listUnmatchedCampaigns = endpoint({
  method: 'GET',
  path: '/projects/:project_id/campaigns/unmatched',
  permission: 'project.read',
  tag: 'reports',
  summary: 'Ad spend that no visit names, and visits that nothing was spent on',
  description:
    'A visit is of a campaign by its id, else by its cleaned name, else by a mapping of the project. Visits of paid channels or with a campaign are listed. Both lists have `limit` rows a page; one that has ended is empty on the pages after.',
  query: pageQuery.extend({ date_from: day, date_to: day }),
  responses: {
    200: z.object({
      data: z.object({
        spend_without_visits: z.array(SpendView),
        visits_without_spend: z.array(VisitsView),
      }),
      next_cursor: z.string().nullable(),
      meta: z.object({
        currency: z.string(),
        timezone: z.string(),
        date_from: z.string(),
        date_to: z.string(),
      }),
    }),
  },
  problems: ['cursor_expired'],
  handle: async ({ project, query, reply }) => {
    const { date_from: from, date_to: to, limit, cursor } = query
    const faults = new Faults()
    checkPeriod({ from, to }, faults)
    faults.raise()
    const found = await readUnmatched({ period: { from, to }, limit, cursor }, project)
    return reply(200, {
      data: {
        spend_without_visits: found.spend.map(spendView),
        visits_without_spend: found.visits.map(visitsView),
      },
      next_cursor: found.cursor,
      meta: {
        currency: project.currency,
        timezone: project.timezone,
        date_from: from,
        date_to: to,
      },
    })
  },
})
