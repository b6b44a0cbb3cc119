import { IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useCanManage } from '../projects/project_context.ts'
import { SettingsNav } from '../settings/SettingsNav.tsx'
import { FindPersonalData } from './FindPersonalData.tsx'
import { RequestsPanel } from './RequestsPanel.tsx'

/** What is stored about a person: found, exported, erased. */
export function PrivacyPage() {
  const { t } = useTranslation()
  const canManage = useCanManage()
  return (
    <Page title={t('settings.project_title')} narrow>
      <SettingsNav />
      {canManage ? (
        <>
          <FindPersonalData />
          <RequestsPanel />
        </>
      ) : (
        <Panel>
          <EmptyState
            icon={IconLock}
            title={t('privacy.owners_title')}
            text={t('privacy.owners_text')}
          />
        </Panel>
      )}
    </Page>
  )
}
