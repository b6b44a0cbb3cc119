import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './DataTable.module.css'

/** Holds the place of a table whose rows are on their way. */
export function TableSkeleton() {
  const { t } = useTranslation()
  return (
    <div className={classes.skeleton} role="status" aria-label={t('common.loading')}>
      {[88, 74, 81, 66, 70, 58, 62, 50].map((width) => (
        <Skeleton key={width} height={16} width={`${width}%`} />
      ))}
    </div>
  )
}
