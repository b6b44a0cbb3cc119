import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../components/Panel.tsx'
import { useFigureName } from './figure_name.ts'
import { figureOf } from './figures.ts'
import { colourOf } from '../analysis/models.ts'
import type { Row, Rows } from './rows.ts'
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

/** The biggest by the first model, of those that the figure says something about. */
function biggestOf({ players }: Rows, { models, figure }: AttributionState): Row[] {
  const [main] = models
  if (!main) return []
  const shareOf = ({ row }: Row) => figureOf(row, main, 'share') ?? 0
  return players
    .filter(({ row }) => models.some((model) => figureOf(row, model, figure) !== null))
    .sort((one, other) => shareOf(other) - shareOf(one))
    .slice(0, MOST)
}

/** What each model gives to the biggest players. */
export function ModelsPanel({ state, rows, stale }: ModelsPanelProps) {
  const { t } = useTranslation()
  const figureName = useFigureName(state.value)
  const { figure, models, by } = state
  const biggest = rows ? biggestOf(rows, state) : []
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
