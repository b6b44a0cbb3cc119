import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** Holds the place of a page whose code or first data is on its way. */
export function PageSkeleton() {
  const { t } = useTranslation()
  return (
    <div role="status" aria-label={t('common.loading')} style={{ padding: 32, maxWidth: 1240 }}>
      <Skeleton height={28} width={180} mb={28} />
      <Skeleton height={108} mb={16} radius="md" />
      <Skeleton height={240} radius="md" />
    </div>
  )
}
