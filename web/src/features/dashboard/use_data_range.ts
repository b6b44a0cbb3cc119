import { useQuery } from '@tanstack/react-query'
import { useProject } from '../projects/project_context.ts'
import { addDays, todayIn, yearStart, type Range } from './dates.ts'
import { fetchKpi } from './use_kpi.ts'
import { figure } from './metrics.ts'

const PROBES = ['orders', 'refunds', 'cost']
const EARLIEST = '1990-01-01'

/**
 * The dates the project has data for, or null while it has none: first the years, then the days
 * of the first and the last of them.
 */
export function useDataRange() {
  const { id, timezone } = useProject()
  return useQuery({
    queryKey: ['kpi', id, 'data_range'],
    staleTime: 60_000,
    queryFn: async ({ signal }): Promise<Range | null> => {
      const probe = async (range: Range, granularity: 'year' | 'day'): Promise<string[]> => {
        const answer = await fetchKpi(
          id,
          {
            date_from: range.from,
            date_to: range.to,
            metrics: PROBES,
            group_by: ['date'],
            granularity,
            limit: 500,
          },
          signal,
        )
        return answer.data
          .filter((row) => PROBES.some((metric) => figure(row, metric)))
          .map((row) => String(row['date']))
          .sort()
      }
      const year = (date: string): Range => ({
        from: yearStart(date),
        to: addDays(yearStart(date, 1), -1),
      })
      const years = await probe({ from: EARLIEST, to: todayIn(timezone) }, 'year')
      const [first, last] = [years[0], years.at(-1)]
      if (first === undefined || last === undefined) return null
      const [head, tail] = await Promise.all([probe(year(first), 'day'), probe(year(last), 'day')])
      return { from: head[0] ?? first, to: tail.at(-1) ?? last }
    },
  })
}
