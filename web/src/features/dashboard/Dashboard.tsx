import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import { Breakdown } from './Breakdown.tsx'
import { CompareMenu } from './CompareMenu.tsx'
import type { Range } from './dates.ts'
import { FilterBar, FilterButton } from './FilterBar.tsx'
import { KpiTiles } from './KpiTiles.tsx'
import { PeriodPicker } from './PeriodPicker.tsx'
import { TrendPanel } from './TrendPanel.tsx'
import { useDashboardState } from './use_dashboard_state.ts'
import { publishedAt, type Explained } from './explanation.ts'
import { seriesRequest, useKpi } from './use_kpi.ts'

const ExplainDrawer = lazy(() => import('./ExplainDrawer.tsx'))

export function Dashboard({ data }: { data: Range }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { currency, timezone } = useProject()
  const { state, change } = useDashboardState(data)
  const series = useKpi(seriesRequest(state))
  const [explained, setExplained] = useState<Explained | null>(null)
  // The drawer is loaded with the first question and stays, so that closing it can be seen.
  const [asked, setAsked] = useState(false)
  const explain = (next: Explained) => {
    setAsked(true)
    setExplained(next)
  }
  const fresh = series.data ? publishedAt(series.data) : null
  return (
    <Page
      title={t('dashboard.title')}
      subtitle={[
        format.range(state.range.from, state.range.to),
        currency,
        timezone.replaceAll('_', ' '),
        fresh !== null && t('dashboard.updated', { ago: format.ago(fresh) }),
      ]
        .filter(Boolean)
        .join(' · ')}
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
          <KpiTiles
            state={state}
            answer={series.data}
            stale={series.isPlaceholderData}
            onSelect={(metric) => change({ metric })}
            onExplain={(metric) => explain({ metric })}
          />
          <TrendPanel
            state={state}
            change={change}
            answer={series.data}
            stale={series.isPlaceholderData}
            onExplain={(metric) => explain({ metric })}
          />
        </>
      )}
      <Breakdown state={state} change={change} onExplain={explain} />
      <Suspense>
        {asked && (
          <ExplainDrawer state={state} explained={explained} onClose={() => setExplained(null)} />
        )}
      </Suspense>
    </Page>
  )
}
