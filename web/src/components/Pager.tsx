import { ActionIcon, Tooltip } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './DataTable.module.css'

interface PagerProps {
  page: number
  hasNext: boolean
  onPage: (page: number) => void
}

export function Pager({ page, hasNext, onPage }: PagerProps) {
  const { t } = useTranslation()
  return (
    <nav className={classes.pager} aria-label={t('pages.label')}>
      <span className="num">{t('pages.page', { page })}</span>
      <Tooltip label={t('pages.previous')}>
        <ActionIcon
          variant="default"
          aria-label={t('pages.previous')}
          disabled={page === 1}
          onClick={() => onPage(page - 1)}
        >
          <IconChevronLeft size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('pages.next')}>
        <ActionIcon
          variant="default"
          aria-label={t('pages.next')}
          disabled={!hasNext}
          onClick={() => onPage(page + 1)}
        >
          <IconChevronRight size={16} />
        </ActionIcon>
      </Tooltip>
    </nav>
  )
}
