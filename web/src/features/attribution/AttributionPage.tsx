import { Skeleton } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { TableSkeleton } from '../../components/TableSkeleton.tsx'
import { useAttributionSettings } from '../analysis/use_attribution_settings.ts'
import type { Range } from '../period/dates.ts'
import { ReportGate } from '../period/ReportGate.tsx'
import { Attribution } from './Attribution.tsx'
import { fromApiParams } from '../analysis/model_params.ts'

export function AttributionPage() {
  const { t } = useTranslation()
  return (
    <ReportGate
      title={t('attribution.title')}
      skeleton={<AttributionSkeleton />}
      empty={{
        icon: IconRoute,
        title: t('attribution.empty_title'),
        text: t('attribution.empty_text'),
      }}
    >
      {(data) => <WithDefaults data={data} />}
    </ReportGate>
  )
}

/** The report begins as the project has set it. */
function WithDefaults({ data }: { data: Range }) {
  const { t } = useTranslation()
  const settings = useAttributionSettings()
  const defaults = useMemo(
    () =>
      settings.data && {
        model: settings.data.model,
        windowDays: settings.data.window_days,
        params: fromApiParams(settings.data.params),
        conversion: settings.data.conversion,
      },
    [settings.data]
  )
  if (defaults) return <Attribution data={data} defaults={defaults} />
  return (
    <Page title={t('attribution.title')}>
      {settings.isError ? (
        <Panel>
          <ErrorState error={settings.error} onRetry={settings.refetch} />
        </Panel>
      ) : (
        <AttributionSkeleton />
      )}
    </Page>
  )
}

/** The outline of the page that is coming, so that nothing moves when it arrives. */
function AttributionSkeleton() {
  return (
    <>
      <Skeleton height={30} width={520} maw="100%" mb={16} />
      <Panel>
        <Skeleton height={52} />
      </Panel>
      <Panel>
        <Skeleton height={280} />
      </Panel>
      <Panel>
        <TableSkeleton />
      </Panel>
    </>
  )
}
