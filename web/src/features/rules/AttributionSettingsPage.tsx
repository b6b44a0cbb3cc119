import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useAttributionSettings } from '../analysis/use_attribution_settings.ts'
import { SettingsNav } from '../settings/SettingsNav.tsx'

/** Comes with the settings, so that the page stands at once. */
const AttributionSettingsForm = lazy(() => import('./AttributionSettingsForm.tsx'))

export function AttributionSettingsPage() {
  const { t } = useTranslation()
  const settings = useAttributionSettings()
  return (
    <Page title={t('settings.project_title')} narrow>
      <SettingsNav />
      <Panel title={t('attribution_settings.title')} subtitle={t('attribution_settings.text')}>
        {settings.isPending && <Skeleton height={240} />}
        {settings.isError && <ErrorState error={settings.error} onRetry={settings.refetch} />}
        {settings.data && (
          <Suspense fallback={<Skeleton height={240} />}>
            <AttributionSettingsForm saved={settings.data} />
          </Suspense>
        )}
      </Panel>
    </Page>
  )
}
