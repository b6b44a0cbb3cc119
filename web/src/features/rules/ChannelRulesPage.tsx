import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { SettingsNav } from '../settings/SettingsNav.tsx'
import { useChannelRules } from './use_channel_rules.ts'

/** Comes with the rules, so that the page stands at once. */
const ChannelRulesForm = lazy(() => import('./ChannelRulesForm.tsx'))

export function ChannelRulesPage() {
  const { t } = useTranslation()
  const rules = useChannelRules()
  return (
    <Page title={t('settings.project_title')} narrow>
      <SettingsNav />
      {rules.isPending && <Waiting />}
      {rules.isError && (
        <Panel>
          <ErrorState error={rules.error} onRetry={rules.refetch} />
        </Panel>
      )}
      {rules.data && (
        <Suspense fallback={<Waiting />}>
          <ChannelRulesForm saved={rules.data} />
        </Suspense>
      )}
    </Page>
  )
}

const Waiting = () => (
  <Panel>
    <Skeleton height={260} />
  </Panel>
)
