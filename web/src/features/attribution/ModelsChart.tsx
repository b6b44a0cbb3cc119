import { useMediaQuery } from '@mantine/hooks'
import { BarChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { use as register } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useCalm } from '../../components/use_calm.ts'
import { useChart } from '../../components/use_chart.ts'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import { useFigureName } from './figure_name.ts'
import { modelsOption } from './models_option.ts'
import { usePlayerName } from '../analysis/player_name.ts'
import type { Row } from './rows.ts'
import type { AttributionState } from './use_attribution_state.ts'

register([BarChart, GridComponent, TooltipComponent, SVGRenderer])

interface ModelsChartProps {
  rows: readonly Row[]
  state: AttributionState
}

/** Loaded on its own, as every chart is. */
export default function ModelsChart({
  rows,
  state: { models, figure, value, by },
}: ModelsChartProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const figureName = useFigureName(value)
  const nameOf = usePlayerName(by)
  const { currency } = useProject()
  const calm = useCalm()
  const lying = useMediaQuery('(width <= 48em)', undefined, { getInitialValueInEffect: false })
  const option = useCallback(
    () =>
      modelsOption({
        rows: rows.map(({ key, row }) => ({ label: nameOf(key ?? ''), row })),
        models: models.map((model) => ({ model, label: t(`model.${model}`) })),
        figure,
        currency,
        format,
        none: t('dashboard.no_value'),
        calm,
        lying,
      }),
    [rows, models, figure, currency, format, t, nameOf, calm, lying]
  )
  const host = useChart(option)
  return (
    <div
      ref={host}
      role="img"
      aria-label={t('attribution.chart_label', { figure: figureName(figure) })}
      style={{ height: '100%' }}
    />
  )
}
