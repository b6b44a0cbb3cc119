import { SankeyChart } from 'echarts/charts'
import { TooltipComponent } from 'echarts/components'
import { use as register } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { JourneysReport } from '../../api/types.ts'
import { useCalm } from '../../components/use_calm.ts'
import { useChart } from '../../components/use_chart.ts'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import { flowOption } from './flow_option.ts'
import { useNodeName } from '../analysis/step_name.ts'

register([SankeyChart, TooltipComponent, SVGRenderer])

interface FlowChartProps {
  report: JourneysReport
  /** A step was clicked: only paths through it. */
  onStep: (step: string) => void
}

/** Loaded on its own, as every chart is. */
export default function FlowChart({ report, onStep }: FlowChartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = useNodeName()
  const { currency } = useProject()
  const calm = useCalm()
  const option = useCallback(() => {
    const texts = {
      paths: t('journeys.paths'),
      conversions: t('attribution.conversions'),
      revenue: t('value.revenue'),
    }
    return flowOption({ report, nameOf, currency, format, texts, calm })
  }, [report, nameOf, currency, format, t, calm])
  const pick = useCallback(
    (name: unknown) => {
      const node = report.nodes.find(({ id }) => id === name)
      if (node?.kind === 'step') onStep(node.label)
    },
    [report, onStep]
  )
  const host = useChart(option, pick)
  return (
    <div ref={host} role="img" aria-label={t('journeys.flow_label')} style={{ height: '100%' }} />
  )
}
