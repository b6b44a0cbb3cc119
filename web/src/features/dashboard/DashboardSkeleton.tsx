import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { TILES } from './metrics.ts'
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
      <Skeleton height={360} radius="md" mb={16} />
      <Skeleton height={420} radius="md" />
    </div>
  )
}
