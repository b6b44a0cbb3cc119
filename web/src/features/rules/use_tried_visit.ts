import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, unwrap } from '../../api/client.ts'
import type { ChannelDecision, ChannelRulesBody, ChannelTrial } from '../../api/types.ts'
import { useProject } from '../projects/project_context.ts'

/** What of a visit can be tried; the rest follows from its link. */
export const VISIT_FIELDS = [
  'landing_page',
  'referrer',
  'source',
  'medium',
] as const satisfies (keyof ChannelTrial)[]

export type TriedVisit = Omit<ChannelTrial, 'rules'>

/** A visit that says nothing of itself. */
export const NO_VISIT: TriedVisit = {
  channel: '',
  source: '',
  medium: '',
  campaign: '',
  campaign_id: '',
  content: '',
  term: '',
  click_id: '',
  referrer: '',
  landing_page: '',
}

/** Asks again whenever the rules change, so that an edit shows what it does. */
export function useTriedVisit(visit: TriedVisit | null, rules: ChannelRulesBody['rules']) {
  const { id } = useProject()
  return useQuery({
    queryKey: ['tried_visit', id, visit, rules],
    enabled: visit !== null,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<ChannelDecision> =>
      (
        await unwrap(
          api.POST('/api/v1/projects/{project_id}/channel_rules/try', {
            params: { path: { project_id: id } },
            body: { ...(visit ?? NO_VISIT), rules },
            signal,
          })
        )
      ).data,
  })
}
