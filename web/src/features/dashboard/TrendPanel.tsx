import { ActionIcon, SegmentedControl, Skeleton, Tooltip } from '@mantine/core'
import { IconZoomQuestion } from '@tabler/icons-react'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Granularity, KpiAnswer, KpiRow } from '../../api/types.ts'
import { Panel } from '../../components/Panel.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import { grainsFor, type Range } from './dates.ts'
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
  const { week_start } = useProject()
  const { metric, grain, range } = state
  const other = otherRange(answer)
  const compared = useKpi(other && otherSeriesRequest(state, other))
  // What stays while loading may be another metric's.
  const before = compared.isPlaceholderData ? undefined : compared.data
  const series = useMemo((): Series | null => {
    if (!answer) return null
    const line = (rows: readonly KpiRow[], of: Range) => toLine(rows, metric, of, grain, week_start)
    return {
      current: line(answer.data, range),
      before: other && before ? line(before.data, other) : null,
    }
  }, [answer, before, other, metric, grain, range, week_start])
  return (
    <Panel
      title={
        <span className={classes.title}>
          {t(`metric.${metric}`)}
          <Tooltip label={t('explain.open')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={24}
              aria-label={t('explain.open_for', { metric: t(`metric.${metric}`) })}
              onClick={() => onExplain(metric)}
            >
              <IconZoomQuestion size={16} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </span>
      }
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('dashboard.granularity')}
          data={grainsFor(range).map((value) => ({ value, label: t(`grain.${value}`) }))}
          value={grain}
          onChange={(value) => change({ grain: value as Granularity })}
        />
      }
    >
      {series && <Legend state={state} answer={answer} />}
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
function Legend({ state, answer }: Pick<TrendPanelProps, 'state' | 'answer'>) {
  const format = useFormat()
  const comparison = answer?.comparison
  if (!comparison) return null
  return (
    <ul className={classes.legend}>
      <li data-line="current">{format.range(state.range.from, state.range.to)}</li>
      <li data-line="before">{format.range(comparison.date_from, comparison.date_to)}</li>
    </ul>
  )
}
