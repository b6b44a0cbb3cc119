import { useTranslation } from 'react-i18next'
import type { KpiAnswer } from '../../api/types.ts'
import { cx } from '../../components/cx.ts'
import table from '../../components/DataTable.module.css'
import { SortHeader } from '../../components/SortHeader.tsx'
import { TableSkeleton } from '../../components/TableSkeleton.tsx'
import { BreakdownRow, Figure } from './BreakdownRow.tsx'
import { COLUMNS, valueOf } from './dimensions.ts'
import type { Explained } from './explanation.ts'
import type { ChangeState, DashboardState } from './use_dashboard_state.ts'
import classes from './Breakdown.module.css'

const keyClass = cx(table.key, classes.key)

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
  if (answer.data.length === 0) return <p className={table.none}>{t('breakdown.none')}</p>
  return (
    <div className={table.scroll}>
      <table className={table.table} data-stale={stale} aria-busy={stale}>
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
        <th scope="col" className={keyClass}>
          {t(`dimension.${state.by}`)}
        </th>
        {COLUMNS[state.by].map((metric) => (
          <SortHeader
            key={metric}
            dir={state.sort.metric === metric ? state.sort.dir : null}
            onSort={(dir) => change({ sort: { metric, dir } })}
          >
            {t(`metric.${metric}`)}
          </SortHeader>
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
        <th scope="row" className={keyClass}>
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
