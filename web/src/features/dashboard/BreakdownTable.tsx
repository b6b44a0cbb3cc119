import { Skeleton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { KpiAnswer, KpiRow } from '../../api/types.ts'
import { Delta } from '../../components/Delta.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import { COLUMNS, labelOf, valueOf } from './dimensions.ts'
import { changeOf, figure, formatMetric, METRICS, type Metric } from './metrics.ts'
import type { ChangeState, DashboardState } from './use_dashboard_state.ts'
import classes from './Breakdown.module.css'

interface BreakdownTableProps {
  state: DashboardState
  change: ChangeState
  answer: KpiAnswer | undefined
  stale: boolean
  /** How many rows stand before this page. */
  rank: number
}

export function BreakdownTable({ state, change, answer, stale, rank }: BreakdownTableProps) {
  const { t } = useTranslation()
  const columns = COLUMNS[state.by]
  if (!answer) return <TableSkeleton />
  if (answer.data.length === 0) return <p className={classes.none}>{t('breakdown.none')}</p>
  return (
    <div className={classes.scroll}>
      <table className={classes.table} data-stale={stale} aria-busy={stale}>
        <thead>
          <tr>
            <th scope="col" className={classes.key}>
              {t(`dimension.${state.by}`)}
            </th>
            {columns.map((metric) => (
              <SortHeader key={metric} metric={metric} state={state} change={change} />
            ))}
            <th scope="col" className={classes.share}>
              {t('breakdown.share')}
            </th>
          </tr>
        </thead>
        <tbody>
          {answer.data.map((row, index) => (
            <BreakdownRow
              key={valueOf(row, state.by)}
              row={row}
              before={answer.comparison?.data[index]}
              rank={rank + index + 1}
              state={state}
              change={change}
              answer={answer}
            />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className={classes.key}>
              {t('breakdown.total')}
            </th>
            {columns.map((metric) => (
              <td key={metric}>
                <Figure metric={metric} row={answer.totals} before={answer.comparison?.totals} />
              </td>
            ))}
            <td />
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

interface SortHeaderProps {
  metric: Metric
  state: DashboardState
  change: ChangeState
}

function SortHeader({ metric, state, change }: SortHeaderProps) {
  const { t } = useTranslation()
  const sorted = state.sort.metric === metric
  const Arrow = sorted && state.sort.dir === 'asc' ? IconArrowUp : IconArrowDown
  const direction = state.sort.dir === 'asc' ? 'ascending' : 'descending'
  return (
    <th scope="col" aria-sort={sorted ? direction : 'none'}>
      <button
        type="button"
        className={classes.sort}
        onClick={() =>
          change({ sort: { metric, dir: sorted && state.sort.dir === 'desc' ? 'asc' : 'desc' } })
        }
      >
        {t(`metric.${metric}`)}
        <Arrow size={13} stroke={2} data-visible={sorted} aria-hidden />
      </button>
    </th>
  )
}

interface RowProps {
  row: KpiRow
  /** The same group in the other period. */
  before: KpiRow | undefined
  rank: number
  state: DashboardState
  change: ChangeState
  answer: KpiAnswer
}

function BreakdownRow({ row, before, rank, state, change, answer }: RowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const name = labelOf(row, state.by)
  const total = figure(answer.totals, 'revenue')
  const own = figure(row, 'revenue')
  const share = total && own !== null ? own / total : null
  return (
    <tr>
      <th scope="row" className={classes.key}>
        <span className={classes.rank}>{rank}</span>
        <button
          type="button"
          className={classes.name}
          data-none={name === null}
          title={t('breakdown.filter_by', { name: name ?? t('dimension.none') })}
          onClick={() => {
            const others = state.filters.filter(({ dimension }) => dimension !== state.by)
            change({
              filters: [...others, { dimension: state.by, values: [valueOf(row, state.by)] }],
            })
          }}
        >
          {name ?? t('dimension.none')}
        </button>
      </th>
      {COLUMNS[state.by].map((metric) => (
        <td key={metric}>
          <Figure metric={metric} row={row} before={before} />
        </td>
      ))}
      <td className={classes.share}>
        <span className={classes.track}>
          <span style={{ width: `${Math.max(0, Math.min(1, share ?? 0)) * 100}%` }} />
        </span>
        <span className={classes.shareText}>{share === null ? '—' : format.percent(share)}</span>
      </td>
    </tr>
  )
}

interface FigureProps {
  metric: Metric
  row: Record<string, unknown>
  before: Record<string, unknown> | undefined
}

function Figure({ metric, row, before }: FigureProps) {
  const format = useFormat()
  const { currency } = useProject()
  const value = figure(row, metric)
  // Deltas beside the amounts people compare; beside every figure they would be noise.
  const primary = METRICS[metric].unit === 'money' && METRICS[metric].better === 'up'
  const change = primary && before ? changeOf(metric, value, figure(before, metric)) : null
  return (
    <>
      {value === null ? '—' : formatMetric(format, metric, value, currency)}
      {change && (
        <span className={classes.delta}>
          <Delta change={change} />
        </span>
      )}
    </>
  )
}

function TableSkeleton() {
  const { t } = useTranslation()
  return (
    <div className={classes.skeleton} role="status" aria-label={t('common.loading')}>
      {[88, 74, 81, 66, 70, 58, 62, 50].map((width) => (
        <Skeleton key={width} height={16} width={`${width}%`} />
      ))}
    </div>
  )
}
