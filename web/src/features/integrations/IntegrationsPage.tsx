import { Button } from '@mantine/core'
import { IconPlugConnected, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { TableSkeleton } from '../../components/TableSkeleton.tsx'
import { useCanEdit, useProject } from '../projects/project_context.ts'
import { ConnectedNote } from './ConnectedNote.tsx'
import { IntegrationRow } from './IntegrationRow.tsx'
import { connectedOnly, troubleFirst } from './status.ts'
import { useIntegrations, useSources } from './use_integrations.ts'
import classes from './Integrations.module.css'

/** What the project is connected with, and how each of them is. */
export function IntegrationsPage() {
  const { t } = useTranslation()
  const canEdit = useCanEdit()
  return (
    <Page
      title={t('integrations.title')}
      subtitle={t('integrations.subtitle')}
      actions={canEdit && <AddButton />}
    >
      <ConnectedNote />
      <Panel flush>
        <List />
      </Panel>
    </Page>
  )
}

function AddButton() {
  const { t } = useTranslation()
  const { id } = useProject()
  return (
    <Button
      component={Link}
      to={`/p/${id}/integrations/new`}
      leftSection={<IconPlus size={16} aria-hidden />}
    >
      {t('integrations.add')}
    </Button>
  )
}

function List() {
  const { t } = useTranslation()
  const canEdit = useCanEdit()
  const integrations = useIntegrations()
  const sources = useSources()
  const failed = [integrations, sources].find(({ isError }) => isError)
  if (!integrations.data || !sources.data) {
    if (failed) return <ErrorState error={failed.error} onRetry={failed.refetch} />
    return <TableSkeleton />
  }
  const shown = troubleFirst(connectedOnly(integrations.data, sources.data))
  if (shown.length === 0) {
    return (
      <EmptyState
        icon={IconPlugConnected}
        title={t('integrations.empty_title')}
        text={t('integrations.empty_text')}
        page
      >
        {canEdit && <AddButton />}
      </EmptyState>
    )
  }
  return (
    <ul className={classes.list}>
      {shown.map((integration) => (
        <IntegrationRow
          key={integration.id}
          integration={integration}
          source={sources.data.find(({ id }) => id === integration.type)}
        />
      ))}
    </ul>
  )
}
