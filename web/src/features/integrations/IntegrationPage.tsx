import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { Integration, Source } from '../../api/types.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { Stat, Stats } from '../../components/Stats.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useCanEdit } from '../projects/project_context.ts'
import { ConnectedNote } from './ConnectedNote.tsx'
import { ConnectionPanel } from './ConnectionPanel.tsx'
import { IntegrationActions } from './IntegrationActions.tsx'
import { HistoryNote } from './HistoryNote.tsx'
import { MissingSourceNote } from './MissingSourceNote.tsx'
import { RunsPanel } from './RunsPanel.tsx'
import { kindOf } from './kind.ts'
import { StatusPill } from './StatusPill.tsx'
import { SunsetNote } from './SunsetNote.tsx'
import { useIntegration, useSources } from './use_integrations.ts'

const SettingsPanel = lazy(() => import('./SettingsPanel.tsx'))

/** One integration: how it is, what it has loaded, and how it is set. */
export function IntegrationPage() {
  const { t } = useTranslation()
  const { integrationId = '' } = useParams()
  const integration = useIntegration(integrationId)
  if (integration.data) return <Shown key={integrationId} integration={integration.data} />
  return (
    <Page title={t('integrations.title')}>
      <Panel>
        {integration.isError ? (
          <ErrorState error={integration.error} onRetry={integration.refetch} page />
        ) : (
          <Skeleton height={300} />
        )}
      </Panel>
    </Page>
  )
}

function Shown({ integration }: { integration: Integration }) {
  const sources = useSources()
  const canEdit = useCanEdit()
  const source = sources.data?.find(({ id }) => id === integration.type)
  return (
    <Page
      title={integration.name}
      subtitle={kindOf(integration, source)}
      actions={canEdit && <IntegrationActions integration={integration} />}
    >
      <ConnectedNote />
      <SourceNotes integration={integration} source={source} />
      <Summary integration={integration} />
      {source && <ConnectionPanel integration={integration} source={source} />}
      <RunsPanel integration={integration} />
      <Suspense>
        {source && (
          // What was picked above is to be seen below.
          <SettingsPanel
            key={integration.missing.join()}
            integration={integration}
            source={source}
          />
        )}
      </Suspense>
    </Page>
  )
}

interface SourceNotesProps {
  integration: Integration
  source: Source | undefined
}

/** What will be in the way soon, or is not because of the connection. */
function SourceNotes({ integration, source }: SourceNotesProps) {
  const isMissing = integration.warnings.some(({ code }) => code === 'source_missing')
  const api = source?.vendor_api
  return (
    <>
      {isMissing && <MissingSourceNote type={integration.type} />}
      {api && api.level !== 'none' && <SunsetNote api={api} />}
      {integration.history_from !== null && <HistoryNote from={integration.history_from} />}
    </>
  )
}

function Summary({ integration }: { integration: Integration }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { last_synced_at: synced, next_run_at: next } = integration
  return (
    <>
      <div style={{ marginBottom: 12 }}>
        <StatusPill status={integration.status} />
      </div>
      <Stats>
        <Stat
          label={t('integrations.last')}
          value={synced === null ? '—' : format.ago(synced)}
          note={synced === null ? t('integrations.never') : format.moment(synced)}
        />
        <Stat
          label={t('integrations.next_label')}
          value={next === null ? '—' : format.ago(next)}
          note={next === null ? t('schedule_preset.off') : format.moment(next)}
        />
      </Stats>
    </>
  )
}
