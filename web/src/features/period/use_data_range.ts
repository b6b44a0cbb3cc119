import { useQuery } from '@tanstack/react-query'
import { fetchKpi } from '../../api/reports.ts'
import { useProject } from '../projects/project_context.ts'
import { todayIn, type Range } from './dates.ts'

/** The dates the project has data for, or null while it has none; every report tells them. */
export function useDataRange() {
  const { id, timezone } = useProject()
  return useQuery({
    queryKey: ['kpi', id, 'data_range'],
    queryFn: async ({ signal }): Promise<Range | null> => {
      const today = todayIn(timezone)
      const request = { date_from: today, date_to: today, metrics: ['orders'] }
      const { coverage } = (await fetchKpi(id, request, signal)).meta
      const { first_date: from, last_date: to } = coverage
      return from === null || to === null ? null : { from, to }
    },
  })
}
