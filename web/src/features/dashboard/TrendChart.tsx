import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { use as register } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useCalm } from '../../components/use_calm.ts'
import { useChart } from '../../components/use_chart.ts'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import { chartOption, type ChartTexts } from './chart_option.ts'
import type { Metric } from './metrics.ts'
import type { Series } from './series.ts'
import type { DashboardState } from './use_dashboard_state.ts'

register([LineChart, BarChart, GridComponent, TooltipComponent, SVGRenderer])

interface TrendChartProps {
  series: Series
  metric: Metric
  state: DashboardState
}

/** Loaded on its own: ECharts is as big as the rest of the page. */
export default function TrendChart({ series, metric, state }: TrendChartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { currency, week_start } = useProject()
  const calm = useCalm()
  const { grain } = state
  const option = useCallback(() => {
    const texts: ChartTexts = { metric: t(`metric.${metric}`), none: t('dashboard.no_value') }
    const about = { series, metric, grain, currency, format, texts, calm }
    return chartOption({ ...about, weekStart: week_start })
  }, [series, metric, grain, week_start, currency, format, t, calm])
  const host = useChart(option)
  return (
    <div
      ref={host}
      role="img"
      aria-label={t('dashboard.chart_label', { metric: t(`metric.${metric}`) })}
      style={{ height: '100%' }}
    />
  )
}
