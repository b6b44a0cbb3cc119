import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../components/Panel.tsx'
import { useFigureName } from './figure_name.ts'
import { figureOf } from './figures.ts'
import { colourOf } from '../analysis/models.ts'
import type { Rows } from './rows.ts'
import type { AttributionState } from './use_attribution_state.ts'
import classes from './ModelsPanel.module.css'

const ModelsChart = lazy(() => import('./ModelsChart.tsx'))

interface ModelsPanelProps {
  state: AttributionState
  rows: Rows | undefined
  stale: boolean
}

/** More players than this are not read side by side. */
const MOST = 8

/** What each model gives to the biggest players. */
export function ModelsPanel({ state, rows, stale }: ModelsPanelProps) {
  const { t } = useTranslation()
  const figureName = useFigureName(state.value)
  const { figure, models, by } = state
  const main = models[0]
  const biggest =
    main && rows
      ? [...rows.players]
          .sort(
            (one, other) =>
              (figureOf(other.row, main, 'share') ?? 0) - (figureOf(one.row, main, 'share') ?? 0)
          )
          .slice(0, MOST)
      : []
  if (rows && biggest.length === 0) return null
  return (
    <Panel
      title={t('attribution.chart_title', { figure: figureName(figure) })}
      subtitle={t('attribution.chart_subtitle', { by: t(`grouping.${by}`) })}
    >
      <ul className={classes.legend}>
        {models.map((model) => (
          <li key={model}>
            <i style={{ background: colourOf(model) }} />
            {t(`model.${model}`)}
          </li>
        ))}
      </ul>
      <div className={classes.chart} data-stale={stale}>
        {rows ? (
          <Suspense fallback={<Skeleton height="100%" />}>
            <ModelsChart rows={biggest} state={state} />
          </Suspense>
        ) : (
          <Skeleton height="100%" />
        )}
      </div>
    </Panel>
  )
}
