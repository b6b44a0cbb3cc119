import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { KpiAnswer } from '../../api/types.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import { Breakdown } from './Breakdown.tsx'
import { CompareMenu } from '../period/CompareMenu.tsx'
import type { Range } from '../period/dates.ts'
import { publishedAt } from './explanation.ts'
import { FilterBar, FilterButton } from './FilterBar.tsx'
import { KpiTiles } from './KpiTiles.tsx'
import type { Metric } from './metrics.ts'
import { PeriodPicker } from '../period/PeriodPicker.tsx'
import { TrendPanel } from './TrendPanel.tsx'
import { useDashboardState } from './use_dashboard_state.ts'
import { useExplained } from './use_explained.ts'
import { seriesRequest, useKpi } from './use_kpi.ts'

const ExplainDrawer = lazy(() => import('./ExplainDrawer.tsx'))

export function Dashboard({ data }: { data: Range }) {
  const { t } = useTranslation()
  const { state, change } = useDashboardState(data)
  const series = useKpi(seriesRequest(state))
  const { explained, everAsked, explain, close } = useExplained()
  const shared = {
    state,
    change,
    answer: series.data,
    stale: series.isPlaceholderData,
    onExplain: (metric: Metric) => explain({ metric }),
  }
  return (
    <Page
      title={t('dashboard.title')}
      subtitle={<Subtitle range={state.range} answer={series.data} />}
      actions={
        <>
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
          <KpiTiles {...shared} />
          <TrendPanel {...shared} />
        </>
      )}
      <Breakdown state={state} change={change} onExplain={explain} />
      <Suspense>
        {everAsked && <ExplainDrawer state={state} explained={explained} onClose={close} />}
      </Suspense>
    </Page>
  )
}

/** What all figures of the page stand on: dates, currency, time zone, freshness. */
function Subtitle({ range, answer }: { range: Range; answer: KpiAnswer | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { currency, timezone } = useProject()
  const fresh = answer ? publishedAt(answer) : null
  const parts = [format.range(range.from, range.to), currency, timezone.replaceAll('_', ' ')]
  if (fresh !== null) parts.push(t('dashboard.updated', { ago: format.ago(fresh) }))
  return parts.join(' · ')
}
