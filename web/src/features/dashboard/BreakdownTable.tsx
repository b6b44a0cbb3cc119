import { Skeleton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { KpiAnswer } from '../../api/types.ts'
import { BreakdownRow, Figure } from './BreakdownRow.tsx'
import { COLUMNS, valueOf } from './dimensions.ts'
import type { Explained } from './explanation.ts'
import type { Metric } from './metrics.ts'
import type { ChangeState, DashboardState } from './use_dashboard_state.ts'
import classes from './Breakdown.module.css'

interface BreakdownTableProps {
  state: DashboardState
  change: ChangeState
  answer: KpiAnswer | undefined
  stale: boolean
  onExplain: (explained: Explained) => void
  /** How many rows stand before this page. */
  rank: number
}

export function BreakdownTable({
  state,
  change,
  answer,
  stale,
  onExplain,
  rank,
}: BreakdownTableProps) {
  const { t } = useTranslation()
  if (!answer) return <TableSkeleton />
  if (answer.data.length === 0) return <p className={classes.none}>{t('breakdown.none')}</p>
  return (
    <div className={classes.scroll}>
      <table className={classes.table} data-stale={stale} aria-busy={stale}>
        <Head state={state} change={change} />
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
              onExplain={onExplain}
            />
          ))}
        </tbody>
        <Foot state={state} answer={answer} onExplain={onExplain} />
      </table>
    </div>
  )
}

function Head({ state, change }: Pick<BreakdownTableProps, 'state' | 'change'>) {
  const { t } = useTranslation()
  return (
    <thead>
      <tr>
        <th scope="col" className={classes.key}>
          {t(`dimension.${state.by}`)}
        </th>
        {COLUMNS[state.by].map((metric) => (
          <SortHeader key={metric} metric={metric} state={state} change={change} />
        ))}
        <th scope="col" className={classes.share}>
          {t('breakdown.share')}
        </th>
      </tr>
    </thead>
  )
}

interface FootProps extends Pick<BreakdownTableProps, 'state' | 'onExplain'> {
  answer: KpiAnswer
}

/** Totals of all rows, not of the page. */
function Foot({ state, answer, onExplain }: FootProps) {
  const { t } = useTranslation()
  return (
    <tfoot>
      <tr>
        <th scope="row" className={classes.key}>
          {t('breakdown.total')}
        </th>
        {COLUMNS[state.by].map((metric) => (
          <td key={metric}>
            <Figure
              metric={metric}
              row={answer.totals}
              before={answer.comparison?.totals}
              onExplain={() => onExplain({ metric })}
            />
          </td>
        ))}
        <td />
      </tr>
    </tfoot>
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
