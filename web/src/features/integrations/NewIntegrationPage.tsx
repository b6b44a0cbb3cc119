import { Skeleton } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useSources } from './use_integrations.ts'

const NewIntegrationForm = lazy(() => import('./NewIntegrationForm.tsx'))

/** Connects a source. */
export function NewIntegrationPage() {
  const { t } = useTranslation()
  const { type = '' } = useParams()
  const sources = useSources()
  const source = sources.data?.find(({ id, status }) => id === type && status === 'ok')
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
            text={t('catalogue.subtitle')}
          />
        )}
      </Panel>
    </Page>
  )
}
