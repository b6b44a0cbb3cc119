import { useTranslation } from 'react-i18next'
import { Page } from '../../components/Page.tsx'
import { SettingsNav } from '../settings/SettingsNav.tsx'
import { BlockedPanel } from './BlockedPanel.tsx'
import { FindPersonPanel } from './FindPersonPanel.tsx'
import { SplitsPanel } from './SplitsPanel.tsx'

/** How identifiers become persons: who is found, what joins nobody, and who was taken apart. */
export function IdentityPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('settings.project_title')} narrow>
      <SettingsNav />
      <FindPersonPanel />
      <BlockedPanel />
      <SplitsPanel />
    </Page>
  )
}
