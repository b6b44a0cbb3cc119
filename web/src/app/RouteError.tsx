import { IconCompass } from '@tabler/icons-react'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link, useRouteError } from 'react-router'
import { EmptyState } from '../components/EmptyState.tsx'
import { ErrorState } from '../components/ErrorState.tsx'

/** What a page that broke while rendering or loading leaves behind. */
export function RouteError() {
  const error = useRouteError()
  return <ErrorState error={error} onRetry={() => window.location.reload()} page />
}

export function NotFound() {
  const { t } = useTranslation()
  return (
    <EmptyState
      icon={IconCompass}
      title={t('errors.not_found_title')}
      text={t('errors.not_found_text')}
      page
    >
      <Button component={Link} to="/" variant="default">
        {t('errors.to_start')}
      </Button>
    </EmptyState>
  )
}
