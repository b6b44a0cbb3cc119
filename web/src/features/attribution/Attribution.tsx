import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsked } from '../../components/use_asked.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { withTexts } from '../../i18n/index.ts'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { CompareMenu } from '../period/CompareMenu.tsx'
import type { Range } from '../period/dates.ts'
import { PeriodPicker } from '../period/PeriodPicker.tsx'
import { ReportSubtitle } from '../period/ReportSubtitle.tsx'
import { ConversionsPanel } from './ConversionsPanel.tsx'
import { CreditsPanel } from './CreditsPanel.tsx'
import { ModelsPanel } from './ModelsPanel.tsx'
import type { Model } from '../analysis/models.ts'
import { ReportSettings } from './ReportSettings.tsx'
import { toRows } from './rows.ts'
import { Summary } from './Summary.tsx'
import { TouchFilters } from './TouchFilters.tsx'
import { attributionRequest } from './attribution_request.ts'
import { useAttribution, useCompared } from './use_attribution.ts'
import { useAttributionState, type Defaults } from './use_attribution_state.ts'
import { Warnings } from './Warnings.tsx'

const HowDrawer = lazy(() => withTexts(import('./HowDrawer.tsx'), 'definitions'))

interface AttributionProps {
  data: Range
  defaults: Defaults
}

export function Attribution({ data, defaults }: AttributionProps) {
  const { t } = useTranslation()
  const { state, change } = useAttributionState(data, defaults)
  const report = useAttribution(attributionRequest(state, state.range))
  const compared = useCompared(state)
  const { asked, everAsked, ask, close } = useAsked<Model | 'all'>()
  const answer = report.data
  const before = compared?.answer
  const { by, sort, figure } = state
  const rows = useMemo(
    () => answer && toRows(answer, before, by, sort, figure),
    [answer, before, by, sort, figure]
  )
  const shared = { state, change, before, stale: report.isPlaceholderData, onExplain: ask }
  return (
    <Page
      title={t('attribution.title')}
      subtitle={<ReportSubtitle range={state.range} freshness={answer?.meta.freshness} />}
      actions={
        <>
          <CompareMenu state={state} change={change} />
          <PeriodPicker state={state} change={change} />
        </>
      }
    >
      <ReportSettings state={state} change={change} onExplain={() => ask('all')} />
      <TouchFilters state={state} change={change} />
      {report.isError && !answer ? (
        <Panel>
          <ErrorState error={report.error} onRetry={report.refetch} />
        </Panel>
      ) : (
        <>
          <Summary state={state} answer={answer} before={before} stale={shared.stale} />
          {answer && <Warnings answer={answer} />}
          <ModelsPanel state={state} rows={rows} stale={shared.stale} />
          <CreditsPanel {...shared} answer={answer} rows={rows} />
          <ConversionsPanel state={state} change={change} />
        </>
      )}
      <Suspense>
        {everAsked && <HowDrawer state={state} about={asked} answer={answer} onClose={close} />}
      </Suspense>
    </Page>
  )
}
