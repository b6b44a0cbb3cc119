import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface MoreButtonProps {
  list: {
    hasNextPage: boolean
    isFetchingNextPage: boolean
    fetchNextPage: () => unknown
  }
}

/** The next page of a list that grows. */
export function MoreButton({ list }: MoreButtonProps) {
  const { t } = useTranslation()
  if (!list.hasNextPage) return null
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      mt={8}
      loading={list.isFetchingNextPage}
      onClick={() => void list.fetchNextPage()}
    >
      {t('people.more')}
    </Button>
  )
}
