import { useTranslation } from 'react-i18next'
import type { KpiAnswer, KpiRow } from '../../api/types.ts'
import { cx } from '../../components/cx.ts'
import table from '../../components/DataTable.module.css'
import { Delta } from '../../components/Delta.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import { COLUMNS, labelOf, useValueName, valueOf } from './dimensions.ts'
import type { Explained } from './explanation.ts'
import { changeOf, figure, formatMetric, METRICS, type Metric } from './metrics.ts'
import type { ChangeState, DashboardState } from './use_dashboard_state.ts'
import classes from './Breakdown.module.css'

interface RowProps {
  row: KpiRow
  /** The same group in the other period. */
  before: KpiRow | undefined
  rank: number
  state: DashboardState
  change: ChangeState
  answer: KpiAnswer
  onExplain: (explained: Explained) => void
}

export function BreakdownRow(props: RowProps) {
  const { row, before, rank, state, change, answer, onExplain } = props
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = useValueName()
  const name = labelOf(row, state.by)
  const total = figure(answer.totals, 'revenue')
  const own = figure(row, 'revenue')
  const filter = { dimension: state.by, values: [valueOf(row, state.by)] }
  const label = nameOf(state.by, valueOf(row, state.by), name)
  const share = total && own !== null ? own / total : null
  return (
    <tr>
      <th scope="row" className={cx(table.key, classes.key)}>
        <span className={classes.rank}>{rank}</span>
        <button
          type="button"
          className={cx(table.name, classes.name)}
          data-none={name === null}
          title={t('breakdown.filter_by', { name: label })}
          onClick={() => {
            const others = state.filters.filter(({ dimension }) => dimension !== state.by)
            change({
              filters: [...others, { dimension: state.by, values: [valueOf(row, state.by)] }],
            })
          }}
        >
          {label}
        </button>
      </th>
      {COLUMNS[state.by].map((metric) => (
        <td key={metric}>
          <Figure
            metric={metric}
            row={row}
            before={before}
            onExplain={() => onExplain({ metric, row: { filter, label } })}
          />
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
  onExplain: () => void
}

/** A figure that tells on request where it comes from. */
export function Figure({ metric, row, before, onExplain }: FigureProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { currency } = useProject()
  const value = figure(row, metric)
  // Deltas beside the amounts people compare; beside every figure they would be noise.
  const primary = METRICS[metric].unit === 'money' && METRICS[metric].better === 'up'
  const change = primary && before ? changeOf(metric, value, figure(before, metric)) : null
  return (
    <>
      <button type="button" className={table.figure} title={t('explain.open')} onClick={onExplain}>
        {value === null ? '—' : formatMetric(format, metric, value, currency)}
      </button>
      {change && (
        <span className={classes.delta}>
          <Delta change={change} />
        </span>
      )}
    </>
  )
}
