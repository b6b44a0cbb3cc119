import { Button, Skeleton } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useProject } from '../projects/project_context.ts'
import { useSources } from './use_integrations.ts'

const NewIntegrationForm = lazy(() => import('./NewIntegrationForm.tsx'))

/** Connects a source. */
export function NewIntegrationPage() {
  const { t } = useTranslation()
  const { type = '' } = useParams()
  const { id } = useProject()
  const sources = useSources()
  const source = sources.data?.find((one) => one.id === type && one.status === 'ok')
  return (
    <Page
      title={source ? t('integration_form.new', { title: source.title }) : t('catalogue.title')}
      narrow
    >
      <Panel>
        {sources.isPending && <Skeleton height={280} />}
        {sources.isError && <ErrorState error={sources.error} onRetry={sources.refetch} />}
        <Suspense>{source && <NewIntegrationForm source={source} />}</Suspense>
        {sources.data && !source && (
          <EmptyState
            icon={IconPlugConnectedX}
            title={t('integrations.not_installed', { type })}
            text={t('catalogue.not_installed_text')}
          >
            <Button component={Link} to={`/p/${id}/integrations/new`} variant="default">
              {t('catalogue.all')}
            </Button>
          </EmptyState>
        )}
      </Panel>
    </Page>
  )
}
