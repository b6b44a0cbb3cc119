import type { BarSeriesOption } from 'echarts/charts'
import type { GridComponentOption, TooltipComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import {
  axisText,
  entryHtml,
  escapeHtml,
  squareMark,
  token,
  tooltipStyle,
} from '../../components/chart_style.ts'
import type { Formatter } from '../../i18n/format.ts'
import { figureOf, writeExactly, writeShort, type Figure } from './figures.ts'
import { tokenOf, type Model } from '../analysis/models.ts'
import type { Row } from './rows.ts'

type Option = ComposeOption<BarSeriesOption | GridComponentOption | TooltipComponentOption>

export interface ModelsChartInput {
  rows: readonly { label: string; row: Row['row'] }[]
  models: readonly { model: Model; label: string }[]
  figure: Figure
  currency: string
  format: Formatter
  none: string
  /** The person asked for less motion. */
  calm: boolean
  /** On phones the bars lie, since their names would not fit below. */
  lying: boolean
}

function tooltip(
  { rows, models, figure, currency, format, none }: ModelsChartInput,
  index: number
) {
  const shown = rows[index]
  if (!shown) return ''
  const entries = models.map(({ model, label }) => {
    const value = figureOf(shown.row, model, figure)
    return entryHtml({
      mark: squareMark(token(tokenOf(model))),
      label,
      value: value === null ? none : writeExactly(format, figure, value, currency),
    })
  })
  return `<div style="font-weight:600;margin-bottom:3px">${escapeHtml(shown.label)}</div>${entries.join('')}`
}

const barsOf = (input: ModelsChartInput): BarSeriesOption[] =>
  input.models.map(({ model, label }) => ({
    type: 'bar',
    name: label,
    data: input.rows.map(({ row }) => figureOf(row, model, input.figure)),
    itemStyle: {
      color: token(tokenOf(model)),
      borderRadius: input.lying ? [0, 3, 3, 0] : [3, 3, 0, 0],
    },
    barMaxWidth: input.lying ? 7 : 16,
    barGap: '15%',
    barCategoryGap: '34%',
    animation: !input.calm,
    emphasis: { disabled: true },
  }))

function axes(input: ModelsChartInput): Pick<Option, 'xAxis' | 'yAxis'> {
  const { rows, figure, currency, format, lying } = input
  const names = {
    type: 'category' as const,
    data: rows.map(({ label }) => label),
    inverse: lying,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: token('border-strong') } },
    axisLabel: {
      ...axisText(),
      lineHeight: 17,
      interval: 0,
      margin: lying ? 8 : 12,
      width: lying ? 92 : Math.max(70, 1000 / Math.max(rows.length, 1)),
      overflow: 'truncate' as const,
    },
  }
  const values = {
    type: 'value' as const,
    splitNumber: lying ? 2 : 4,
    splitLine: { lineStyle: { color: token('border') } },
    axisLabel: {
      ...axisText(),
      hideOverlap: true,
      formatter: (value: number) => writeShort(format, figure, value, currency),
    },
  }
  return lying ? { xAxis: values, yAxis: names } : { xAxis: names, yAxis: values }
}

/** Everything the chart shows, as a value: no state, no reading back. */
export function modelsOption(input: ModelsChartInput): Option {
  return {
    grid: { left: 2, right: 12, top: 8, bottom: 4, outerBoundsMode: 'same' },
    ...axes(input),
    tooltip: {
      ...tooltipStyle(),
      trigger: 'axis',
      axisPointer: { type: 'shadow', shadowStyle: { color: token('text-3'), opacity: 0.07 } },
      formatter: (params: unknown) => {
        const first: unknown = Array.isArray(params) ? params[0] : params
        return tooltip(input, Number(Reflect.get(Object(first), 'dataIndex')))
      },
    },
    series: barsOf(input),
  }
}
