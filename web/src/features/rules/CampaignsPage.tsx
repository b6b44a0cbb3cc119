import { Skeleton } from '@mantine/core'
import { IconAffiliate } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { todayIn, type Range } from '../period/dates.ts'
import { readPeriodState, writePeriodState } from '../period/period_state.ts'
import { PeriodPicker } from '../period/PeriodPicker.tsx'
import { useDataRange } from '../period/use_data_range.ts'
import { useProject } from '../projects/project_context.ts'
import { SettingsNav } from '../settings/SettingsNav.tsx'
import { MappingsPanel } from './MappingsPanel.tsx'
import { UnmatchedPanels } from './UnmatchedPanels.tsx'

export function CampaignsPage() {
  const { t } = useTranslation()
  const range = useDataRange()
  if (range.data) return <Campaigns data={range.data} />
  return (
    <Page title={t('settings.project_title')} narrow>
      <SettingsNav />
      <Panel>
        {range.isPending && <Skeleton height={220} />}
        {range.isError && <ErrorState error={range.error} onRetry={range.refetch} />}
        {range.data === null && (
          <EmptyState
            icon={IconAffiliate}
            title={t('campaigns.empty_title')}
            text={t('campaigns.empty_text')}
          />
        )}
      </Panel>
    </Page>
  )
}

function Campaigns({ data }: { data: Range }) {
  const { t } = useTranslation()
  const { timezone } = useProject()
  const [params, setParams] = useSearchParams()
  const state = useMemo(
    () => readPeriodState(params, todayIn(timezone), data),
    [params, timezone, data]
  )
  return (
    <Page title={t('settings.project_title')} narrow>
      <SettingsNav />
      <UnmatchedPanels
        range={state.range}
        picker={
          <PeriodPicker
            state={state}
            change={(change) =>
              setParams(
                (before) => {
                  const next = new URLSearchParams(before)
                  writePeriodState(next, change)
                  return next
                },
                { replace: true }
              )
            }
          />
        }
      />
      <MappingsPanel />
    </Page>
  )
}
