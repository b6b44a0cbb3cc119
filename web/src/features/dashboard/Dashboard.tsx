import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsked } from '../../components/use_asked.ts'
import type { Explained } from './explanation.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { withTexts } from '../../i18n/index.ts'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { Breakdown } from './Breakdown.tsx'
import { CompareMenu } from '../period/CompareMenu.tsx'
import type { Range } from '../period/dates.ts'
import { HistoryNote } from './HistoryNote.tsx'
import { FilterBar, FilterButton } from './FilterBar.tsx'
import { KpiTiles } from './KpiTiles.tsx'
import type { Metric } from './metrics.ts'
import { PeriodPicker } from '../period/PeriodPicker.tsx'
import { ReportSubtitle } from '../period/ReportSubtitle.tsx'
import { TrendPanel } from './TrendPanel.tsx'
import { useDashboardState } from './use_dashboard_state.ts'
import { seriesRequest, useKpi } from './use_kpi.ts'

const ModelMenu = lazy(() => withTexts(import('./ModelMenu.tsx'), 'names'))
const ExplainDrawer = lazy(() => withTexts(import('./ExplainDrawer.tsx'), 'metrics'))

export function Dashboard({ data }: { data: Range }) {
  const { t } = useTranslation()
  const { state, change } = useDashboardState(data)
  const series = useKpi(seriesRequest(state))
  const { asked, everAsked, ask, close } = useAsked<Explained>()
  const shared = {
    state,
    change,
    answer: series.data,
    stale: series.isPlaceholderData,
    onExplain: (metric: Metric) => ask({ metric }),
  }
  return (
    <Page
      title={t('dashboard.title')}
      subtitle={<ReportSubtitle range={state.range} freshness={series.data?.meta.freshness} />}
      actions={
        <>
          <Suspense fallback={<Skeleton width={150} height={36} />}>
            <ModelMenu state={state} change={change} answer={series.data} />
          </Suspense>
          <FilterButton state={state} change={change} />
          <CompareMenu state={state} change={change} />
          <PeriodPicker state={state} change={change} />
        </>
      }
    >
      <FilterBar state={state} change={change} />
      {series.isError && !series.data ? (
        <Panel>
          <ErrorState error={series.error} onRetry={series.refetch} />
        </Panel>
      ) : (
        <>
          <HistoryNote answer={series.data} />
          <KpiTiles {...shared} />
          <TrendPanel {...shared} />
        </>
      )}
      <Breakdown state={state} change={change} onExplain={ask} />
      <Suspense>
        {everAsked && <ExplainDrawer state={state} explained={asked} onClose={close} />}
      </Suspense>
    </Page>
  )
}
