import { SegmentedControl, Skeleton } from '@mantine/core'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { KpiAnswer, KpiRow } from '../../api/types.ts'
import { Panel } from '../../components/Panel.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import { grainsFor, type Range } from '../period/dates.ts'
import { ExplainButton } from './ExplainButton.tsx'
import type { Metric } from './metrics.ts'
import { toLine, type Series } from './series.ts'
import type { ChangeState, DashboardState } from './use_dashboard_state.ts'
import { otherSeriesRequest, useKpi } from './use_kpi.ts'
import classes from './TrendPanel.module.css'

const TrendChart = lazy(() => import('./TrendChart.tsx'))

interface TrendPanelProps {
  state: DashboardState
  change: ChangeState
  answer: KpiAnswer | undefined
  stale: boolean
  onExplain: (metric: Metric) => void
}

export function TrendPanel({ state, change, answer, stale, onExplain }: TrendPanelProps) {
  const { t } = useTranslation()
  const { metric, grain, range } = state
  const series = useSeries(state, answer)
  return (
    <Panel
      title={
        <span className={classes.title}>
          {t(`metric.${metric}`)}
          <ExplainButton metric={metric} onClick={() => onExplain(metric)} />
        </span>
      }
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('dashboard.granularity')}
          data={grainsFor(range).map((value) => ({ value, label: t(`grain.${value}`) }))}
          value={grain}
          onChange={(value) => change({ grain: value })}
        />
      }
    >
      {series && <Legend series={series} />}
      <div className={classes.chart} data-stale={stale}>
        {series ? (
          <Suspense fallback={<Skeleton height="100%" />}>
            <TrendChart series={series} metric={metric} state={state} />
          </Suspense>
        ) : (
          <Skeleton height="100%" />
        )}
      </div>
    </Panel>
  )
}

/** The metric of the period and, where asked for, of the one it is compared with. */
function useSeries(state: DashboardState, answer: KpiAnswer | undefined): Series | null {
  const { week_start } = useProject()
  const { metric, grain, range } = state
  const other = otherRange(answer)
  const compared = useKpi(other && otherSeriesRequest(state, other))
  // What stays while loading may be another metric's.
  const before = compared.isPlaceholderData ? undefined : compared.data
  return useMemo(() => {
    if (!answer) return null
    const line = (rows: readonly KpiRow[], of: Range) => toLine(rows, metric, of, grain, week_start)
    return {
      current: line(answer.data, range),
      before: other && before ? line(before.data, other) : null,
    }
  }, [answer, before, other, metric, grain, range, week_start])
}

const ranges = new WeakMap<KpiAnswer, Range>()

/** The dates a report is compared with; the same object for the same answer. */
function otherRange(answer: KpiAnswer | undefined): Range | null {
  if (!answer?.comparison) return null
  const { date_from: from, date_to: to } = answer.comparison
  const range = ranges.get(answer) ?? { from, to }
  ranges.set(answer, range)
  return range
}

/** Says what the two lines are, in dates rather than in words like “previous”. */
function Legend({ series: { current, before } }: { series: Series }) {
  const format = useFormat()
  if (!before) return null
  return (
    <ul className={classes.legend}>
      <li data-line="current">{format.range(current.range.from, current.range.to)}</li>
      <li data-line="before">{format.range(before.range.from, before.range.to)}</li>
    </ul>
  )
}
