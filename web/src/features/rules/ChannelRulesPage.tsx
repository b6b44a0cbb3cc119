import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { SettingsNav } from '../settings/SettingsNav.tsx'
import { ChannelRulesForm } from './ChannelRulesForm.tsx'
import { useChannelRules } from './use_channel_rules.ts'

export function ChannelRulesPage() {
  const { t } = useTranslation()
  const rules = useChannelRules()
  return (
    <Page title={t('settings.project_title')} narrow>
      <SettingsNav />
      {rules.isPending && (
        <Panel>
          <Skeleton height={260} />
        </Panel>
      )}
      {rules.isError && (
        <Panel>
          <ErrorState error={rules.error} onRetry={rules.refetch} />
        </Panel>
      )}
      {rules.data && <ChannelRulesForm saved={rules.data} />}
    </Page>
  )
}
