import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCloudOff, IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ApiError } from '../api/problem.ts'
import { problemText } from '../i18n/problem_text.ts'
import { EmptyState } from './EmptyState.tsx'
import classes from './States.module.css'

interface ErrorStateProps {
  error: unknown
  onRetry?: () => unknown
  page?: boolean
}

function iconFor(error: unknown) {
  if (!(error instanceof ApiError)) return IconAlertTriangle
  if (error.status === 403) return IconLock
  return error.status === 0 || error.status >= 502 ? IconCloudOff : IconAlertTriangle
}

export function ErrorState({ error, onRetry, page = false }: ErrorStateProps) {
  const { t } = useTranslation()
  const { title, hint, reference } = problemText(t, error)
  const forbidden = error instanceof ApiError && error.status === 403
  return (
    <div role="alert">
      <EmptyState icon={iconFor(error)} title={title} text={hint} page={page} tone="bad">
        {forbidden ? (
          <Button component={Link} to="/projects" variant="default">
            {t('errors.to_projects')}
          </Button>
        ) : (
          onRetry && (
            <Button variant="default" onClick={() => void onRetry()}>
              {t('errors.retry')}
            </Button>
          )
        )}
      </EmptyState>
      {reference && (
        <p className={classes.reference} style={{ textAlign: 'center', marginTop: -40 }}>
          {t('errors.reference', { id: reference })}
        </p>
      )}
    </div>
  )
}
