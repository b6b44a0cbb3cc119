import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { TILES } from './metrics.ts'
import { Panel } from '../../components/Panel.tsx'
import classes from './KpiTiles.module.css'

/** The outline of the page that is coming, so that nothing moves when it arrives. */
export function DashboardSkeleton() {
  const { t } = useTranslation()
  return (
    <div role="status" aria-label={t('common.loading')}>
      <div className={classes.tiles}>
        {TILES.map((tile) => (
          <div key={tile} className={classes.tile}>
            <Skeleton height={12} width={90} mb={14} />
            <Skeleton height={24} width={130} mb={18} />
            <Skeleton height={32} />
          </div>
        ))}
      </div>
      <Panel title={<Skeleton height={16} width={110} />}>
        <Skeleton height={292} />
      </Panel>
      <Panel title={<Skeleton height={16} width={220} />}>
        <Skeleton height={240} />
      </Panel>
    </div>
  )
}
