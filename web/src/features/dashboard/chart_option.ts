import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts'
import type { GridComponentOption, TooltipComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import type { Granularity } from '../../api/types.ts'
import {
  axisText,
  entryHtml,
  escapeHtml,
  lineMark,
  token,
  tooltipStyle,
} from '../../components/chart_style.ts'
import type { Formatter } from '../../i18n/format.ts'
import type { WeekStart } from '../projects/locale_choices.ts'
import { bucketEnd } from '../period/dates.ts'
import { changeOf, formatMetric, formatShort, type Metric } from './metrics.ts'
import type { Line, Series } from './series.ts'

type Option = ComposeOption<
  LineSeriesOption | BarSeriesOption | GridComponentOption | TooltipComponentOption
>

export interface ChartTexts {
  metric: string
  none: string
}

interface ChartInput {
  series: Series
  metric: Metric
  grain: Granularity
  weekStart: WeekStart
  currency: string
  format: Formatter
  texts: ChartTexts
  /** The person asked for less motion. */
  calm: boolean
}

/** Up to here, buckets are few enough to stand as bars. */
const MOST_BARS = 16

function axisLabel({ grain, format }: ChartInput, date: string): string {
  if (grain === 'year') return date.slice(0, 4)
  return grain === 'month' || grain === 'quarter' ? format.month(date) : format.dayShort(date)
}

function bucketLabel(
  { grain, format, weekStart }: ChartInput,
  { dates, range }: Line,
  index: number
) {
  const date = dates[index] ?? range.to
  if (grain === 'day') return format.weekday(date)
  return format.range(date, bucketEnd(date, range.to, grain, weekStart))
}

function tooltip(input: ChartInput, index: number): string {
  const { series, metric, currency, format, texts } = input
  const value = series.current.values[index] ?? null
  const before = series.before?.values[index] ?? null
  const write = (figure: number | null): string =>
    figure === null ? texts.none : formatMetric(format, metric, figure, currency)
  const change = changeOf(metric, value, before)
  const tone = change && change.tone !== 'neutral' ? token(change.tone) : token('text-2')
  const delta = change
    ? `<span style="color:${tone};font-weight:600;margin-left:10px">${escapeHtml(format.signed(change.fraction))}</span>`
    : ''
  const entry = (line: Line, colour: string, dashed: boolean, figure: number | null): string =>
    entryHtml({
      mark: lineMark(colour, dashed),
      label: bucketLabel(input, line, index),
      value: write(figure),
    })
  const head = `<div style="font-weight:600;margin-bottom:3px">${escapeHtml(texts.metric)}${delta}</div>`
  const own = entry(series.current, token('series'), false, value)
  // Of two months the shorter one ends earlier.
  if (series.before === null || index >= series.before.dates.length) return head + own
  return head + own + entry(series.before, token('series-2'), true, before)
}

function mainSeries({ series, texts, calm }: ChartInput): LineSeriesOption | BarSeriesOption {
  const colour = token('series')
  const common = { name: texts.metric, data: series.current.values, animation: !calm, z: 3 }
  if (series.current.dates.length <= MOST_BARS) {
    const itemStyle = { color: colour, borderRadius: [4, 4, 0, 0] }
    return { ...common, type: 'bar', barMaxWidth: 44, barCategoryGap: '38%', itemStyle }
  }
  return {
    ...common,
    type: 'line',
    showSymbol: false,
    symbolSize: 7,
    lineStyle: { width: 2, color: colour },
    itemStyle: { color: colour, borderColor: token('surface'), borderWidth: 2 },
    areaStyle: {
      color: {
        type: 'linear',
        x: 0,
        y: 0,
        x2: 0,
        y2: 1,
        colorStops: [
          { offset: 0, color: `${colour}2e` },
          { offset: 1, color: `${colour}00` },
        ],
      },
    },
    emphasis: { disabled: true },
  }
}

function comparisonSeries(line: Line, { series, calm }: ChartInput): LineSeriesOption {
  const colour = token('series-2')
  return {
    type: 'line',
    data: line.values.slice(0, series.current.dates.length),
    animation: !calm,
    showSymbol: false,
    lineStyle: { width: 1.5, type: [5, 4], color: colour },
    itemStyle: { color: colour },
    emphasis: { disabled: true },
    z: 2,
  }
}

/** Everything the chart shows, as a value: no state, no reading back. */
export function chartOption(input: ChartInput): Option {
  const { series, metric, currency, format } = input
  const text = axisText()
  return {
    grid: { left: 2, right: 10, top: 12, bottom: 6, outerBoundsMode: 'same' },
    xAxis: {
      type: 'category',
      data: series.current.dates,
      boundaryGap: series.current.dates.length <= MOST_BARS,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: token('border-strong') } },
      axisLabel: {
        ...text,
        hideOverlap: true,
        margin: 12,
        formatter: (date: string) => axisLabel(input, date),
      },
    },
    yAxis: {
      type: 'value',
      splitNumber: 4,
      splitLine: { lineStyle: { color: token('border') } },
      axisLabel: {
        ...text,
        formatter: (value: number) => formatShort(format, metric, value, currency),
      },
    },
    tooltip: {
      trigger: 'axis',
      ...tooltipStyle(),
      axisPointer: {
        type: series.current.dates.length <= MOST_BARS ? 'shadow' : 'line',
        lineStyle: { color: token('text-3'), type: 'solid', width: 1 },
        shadowStyle: { color: token('text-3'), opacity: 0.07 },
      },
      formatter: (params: unknown) => {
        const first: unknown = Array.isArray(params) ? params[0] : params
        return tooltip(input, Number(Reflect.get(Object(first), 'dataIndex')))
      },
    },
    series: [mainSeries(input), ...(series.before ? [comparisonSeries(series.before, input)] : [])],
  }
}
