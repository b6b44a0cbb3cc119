import { ActionIcon, SegmentedControl, Skeleton, Tooltip } from '@mantine/core'
import { IconZoomQuestion } from '@tabler/icons-react'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Granularity, KpiAnswer } from '../../api/types.ts'
import { Panel } from '../../components/Panel.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import { grainsFor } from './dates.ts'
import type { Metric } from './metrics.ts'
import { toSeries } from './series.ts'
import type { ChangeState, DashboardState } from './use_dashboard_state.ts'
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
  const series = useMemo(
    () => answer && toSeries(answer, metric, { grain, range }, week_start),
    [answer, metric, grain, range, week_start],
  )
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
