import { attributionSettings } from '#measurement/public'
import { endpoint } from '#shared/http/endpoint'
import { listOf, pageQuery } from '#shared/http/pagination'
import { checkPeriod } from '../../plan/check_period.ts'
import { Faults } from '../../plan/fault.ts'
import { JourneysRequest } from '../request.ts'
import { listPeople, PersonSummary } from './people.ts'

const { date_from, date_to, conversion } = JourneysRequest.shape

export const listJourneys = endpoint({
  method: 'GET',
  path: '/projects/:project_id/journeys',
  permission: 'project.read',
  tag: 'reports',
  summary: 'Persons who converted in a range of days, the newest conversions first',
  query: pageQuery.extend({ date_from, date_to, conversion }),
  responses: { 200: listOf(PersonSummary) },
  handle: async ({ project, query, reply }) => {
    const faults = new Faults()
    checkPeriod({ from: query.date_from, to: query.date_to }, faults)
    faults.raise()
    const goal = query.conversion ?? (await attributionSettings(String(project.id))).conversion
    return reply(200, await listPeople({ ...query, conversion: goal }, project))
  },
})
