import { useTranslation } from 'react-i18next'
import type { KpiAnswer } from '../../api/types.ts'
import { Delta } from '../../components/Delta.tsx'
import { Sparkline } from '../../components/Sparkline.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import { ExplainButton } from './ExplainButton.tsx'
import { changeOf, figure, formatMetric, type Metric } from './metrics.ts'
import { nullReason } from './null_reason.ts'
import { toLine } from './series.ts'
import type { DashboardState } from './use_dashboard_state.ts'
import classes from './KpiTiles.module.css'

interface KpiTileProps {
  metric: Metric
  answer: KpiAnswer
  state: DashboardState
  selected: boolean
  onSelect: () => void
  onExplain: () => void
}

/** Zero because nothing was spent, or because nobody imported what was: worth saying so. */
const isUnspent = (metric: Metric, { totals, comparison }: KpiAnswer): boolean =>
  (metric === 'cost' || metric === 'romi') &&
  !figure(totals, 'cost') &&
  !figure(comparison?.totals, 'cost')

export function KpiTile({ metric, answer, state, selected, onSelect, onExplain }: KpiTileProps) {
  const { t } = useTranslation()
  const { week_start } = useProject()
  const unspent = isUnspent(metric, answer)
  const { values } = toLine(answer.data, metric, state.range, state.grain, week_start)
  return (
    <div
      className={classes.tile}
      data-selected={selected}
      data-metric={metric}
      data-muted={unspent}
    >
      <div className={classes.head}>
        <button type="button" className={classes.select} aria-pressed={selected} onClick={onSelect}>
          {t(`metric.${metric}`)}
        </button>
        <ExplainButton metric={metric} onClick={onExplain} className={classes.explain} />
      </div>
      <Figures metric={metric} answer={answer} />
      <div className={classes.spark}>
        {unspent ? (
          <span className={classes.note}>{t('dashboard.no_spend')}</span>
        ) : (
          <Sparkline values={values} />
        )}
      </div>
    </div>
  )
}

/** The figure and how it changed, or why there is none. */
function Figures({ metric, answer }: Pick<KpiTileProps, 'metric' | 'answer'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const { currency } = useProject()
  const value = figure(answer.totals, metric)
  const before = figure(answer.comparison?.totals, metric)
  const change = changeOf(metric, value, before)
  const written = (number: number) => formatMetric(format, metric, number, currency)
  return (
    <div className={classes.figures}>
      <span className={classes.value} data-none={value === null}>
        {value === null ? '—' : written(value)}
      </span>
      {change && before !== null && (
        <Delta change={change} title={t('dashboard.before', { value: written(before) })} />
      )}
      {value === null && <span className={classes.note}>{nullReason(t, answer, metric)}</span>}
    </div>
  )
}
