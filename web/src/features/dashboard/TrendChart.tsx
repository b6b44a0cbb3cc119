import { useComputedColorScheme } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use as register, type ECharts } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
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
  const scheme = useComputedColorScheme('light')
  const calm = useReducedMotion()
  const host = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts | null>(null)

  useEffect(() => {
    if (!host.current) return
    const made = init(host.current, null, { renderer: 'svg' })
    chart.current = made
    const observer = new ResizeObserver(() => made.resize())
    observer.observe(host.current)
    return () => {
      observer.disconnect()
      made.dispose()
      chart.current = null
    }
  }, [])

  useEffect(() => {
    const texts: ChartTexts = { metric: t(`metric.${metric}`), none: t('dashboard.no_value') }
    const { grain } = state
    chart.current?.setOption(
      chartOption({ series, metric, grain, weekStart: week_start, currency, format, texts, calm }),
      { notMerge: true }
    )
  }, [series, metric, state, week_start, currency, format, t, scheme, calm])

  return (
    <div
      ref={host}
      role="img"
      aria-label={t('dashboard.chart_label', { metric: t(`metric.${metric}`) })}
      style={{ height: '100%' }}
    />
  )
}
