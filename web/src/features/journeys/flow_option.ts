import type { SankeySeriesOption } from 'echarts/charts'
import type { TooltipComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import type { JourneysReport } from '../../api/types.ts'
import {
  entryHtml,
  escapeHtml,
  squareMark,
  token,
  tooltipStyle,
} from '../../components/chart_style.ts'
import type { Formatter } from '../../i18n/format.ts'
import { colourSteps } from './step_colours.ts'
import type { FlowNode } from '../analysis/step_name.ts'

type Option = ComposeOption<SankeySeriesOption | TooltipComponentOption>
type Flow = Pick<FlowNode, 'value' | 'conversions' | 'revenue'>

export interface FlowTexts {
  paths: string
  conversions: string
  revenue: string
}

export interface FlowInput {
  report: JourneysReport
  nameOf: (node: FlowNode) => string
  currency: string
  format: Formatter
  texts: FlowTexts
  /** The person asked for less motion. */
  calm: boolean
}

const KINDS: Record<Exclude<FlowNode['kind'], 'step'>, string> = {
  conversion: 'good',
  no_conversion: 'cat-rest',
  no_touch: 'cat-rest',
  more: 'cat-rest',
}

/** The place of each node's column from the left; columns without nodes take no room. */
function columnsOf(nodes: readonly FlowNode[]): (step: number) => number {
  const steps = [...new Set(nodes.map(({ step }) => step))].sort((one, other) => one - other)
  return (step) => steps.indexOf(step)
}

function nodesOf({ report: { nodes }, nameOf, format }: FlowInput) {
  const colourOf = colourSteps(nodes)
  const columnOf = columnsOf(nodes)
  return nodes.map((node) => {
    const { id, step, kind, value } = node
    return {
      name: id,
      depth: columnOf(step),
      itemStyle: {
        color: token(kind === 'step' ? colourOf(node.label) : KINDS[kind]),
        borderWidth: 0,
      },
      label: {
        formatter: `{name|${nameOf(node).replaceAll(/[{}|]/g, ' ')}} {value|${format.count(value)}}`,
      },
    }
  })
}

function figures({ currency, format, texts }: FlowInput, flow: Flow, colour: string): string {
  const mark = squareMark(colour)
  const share = flow.value > 0 ? ` · ${format.percent(flow.conversions / flow.value)}` : ''
  return [
    entryHtml({ mark, label: texts.paths, value: format.count(flow.value) }),
    entryHtml({ mark, label: texts.conversions, value: format.count(flow.conversions) + share }),
    entryHtml({ mark, label: texts.revenue, value: format.money(flow.revenue, currency) }),
  ].join('')
}

const heading = (text: string): string =>
  `<div style="font-weight:600;margin-bottom:3px">${escapeHtml(text)}</div>`

/** What stands under the pointer: a node by its id, or a link by those of its ends. */
function tooltip(input: FlowInput, data: unknown, color: string): string {
  const { report, nameOf } = input
  const read = (key: string): unknown => Reflect.get(Object(data), key)
  const node = report.nodes.find(({ id }) => id === read('name'))
  if (node) return heading(nameOf(node)) + figures(input, node, color)
  const link = report.links.find(
    ({ source, target }) => source === read('source') && target === read('target')
  )
  if (!link) return ''
  const ends = [link.source, link.target].map((end) => report.nodes.find(({ id }) => id === end))
  const names = ends.flatMap((end) => (end ? [nameOf(end)] : []))
  return heading(names.join(' → ')) + figures(input, link, color)
}

function labelStyle() {
  const font = { fontFamily: 'Inter Variable', fontSize: 12 }
  return {
    ...font,
    width: 128,
    overflow: 'truncate' as const,
    color: token('text'),
    textBorderColor: token('surface'),
    textBorderWidth: 3,
    rich: {
      name: { ...font, fontWeight: 500, color: token('text') },
      value: { ...font, color: token('text-2') },
    },
  }
}

/** Everything the diagram shows, as a value: no state, no reading back. */
export function flowOption(input: FlowInput): Option {
  const { report, calm } = input
  return {
    tooltip: {
      ...tooltipStyle(),
      trigger: 'item',
      formatter: (params: unknown) => {
        const read = (key: string): unknown => Reflect.get(Object(params), key)
        return tooltip(input, read('data'), String(read('color')))
      },
    },
    series: [
      {
        type: 'sankey',
        left: 2,
        // Room for the names of the last column.
        right: 132,
        top: 8,
        bottom: 8,
        nodeWidth: 10,
        nodeGap: 16,
        nodeAlign: 'left',
        draggable: false,
        animation: !calm,
        // The biggest stand on top of every column, as the report gives them.
        layoutIterations: 0,
        data: nodesOf(input),
        links: report.links.map(({ source, target, value }) => ({ source, target, value })),
        emphasis: { focus: 'adjacency', lineStyle: { opacity: 0.5 } },
        blur: { itemStyle: { opacity: 0.25 }, label: { opacity: 0.3 } },
        lineStyle: { color: 'source', opacity: 0.22, curveness: 0.5 },
        label: labelStyle(),
      },
    ],
  }
}
