import { Skeleton } from '@mantine/core'
import type { KpiAnswer } from '../../api/types.ts'
import { KpiTile } from './KpiTile.tsx'
import { TILES, type Metric } from './metrics.ts'
import type { ChangeState, DashboardState } from './use_dashboard_state.ts'
import classes from './KpiTiles.module.css'

interface KpiTilesProps {
  state: DashboardState
  answer: KpiAnswer | undefined
  stale: boolean
  change: ChangeState
  onExplain: (metric: Metric) => void
}

export function KpiTiles({ state, change, answer, stale, onExplain }: KpiTilesProps) {
  return (
    <div className={classes.tiles} data-stale={stale} aria-busy={stale || !answer}>
      {TILES.map((metric) =>
        answer ? (
          <KpiTile
            key={metric}
            metric={metric}
            answer={answer}
            state={state}
            selected={metric === state.metric}
            onSelect={() => change({ metric })}
            onExplain={() => onExplain(metric)}
          />
        ) : (
          <div key={metric} className={classes.tile}>
            <Skeleton height={12} width={90} mb={14} />
            <Skeleton height={24} width={130} mb={18} />
            <Skeleton height={32} />
          </div>
        )
      )}
    </div>
  )
}
