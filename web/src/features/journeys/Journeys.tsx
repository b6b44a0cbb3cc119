import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { Pill, PillBar } from '../../components/Pill.tsx'
import { OrderSearch } from '../orders/OrderSearch.tsx'
import { PeoplePanel } from '../people/PeoplePanel.tsx'
import type { Range } from '../period/dates.ts'
import { PeriodPicker } from '../period/PeriodPicker.tsx'
import { ReportSubtitle } from '../period/ReportSubtitle.tsx'
import { FlowPanel } from './FlowPanel.tsx'
import { JourneysSettings } from './JourneysSettings.tsx'
import { JourneysSummary } from './JourneysSummary.tsx'
import { LengthsPanels } from './LengthsPanels.tsx'
import { PathsPanel } from './PathsPanel.tsx'
import { useStepName } from '../analysis/step_name.ts'
import { colourSteps } from './step_colours.ts'
import { useJourneys } from './use_journeys.ts'
import {
  journeysRequest,
  useJourneysState,
  type ChangeJourneys,
  type JourneysState,
} from './use_journeys_state.ts'

export function Journeys({ data }: { data: Range }) {
  const { t } = useTranslation()
  const { state, change } = useJourneysState(data)
  const report = useJourneys(journeysRequest(state))
  const shared = { state, change, report: report.data, stale: report.isPlaceholderData }
  return (
    <Page
      title={t('journeys.title')}
      subtitle={<ReportSubtitle range={state.range} freshness={report.data?.meta.freshness} />}
      actions={
        <>
          <OrderSearch />
          <PeriodPicker state={{ ...state, compare: null }} change={change} />
        </>
      }
    >
      <JourneysSettings state={state} change={change} />
      <Through state={state} change={change} />
      {report.isError && !report.data ? (
        <Panel>
          <ErrorState error={report.error} onRetry={report.refetch} />
        </Panel>
      ) : (
        <>
          <JourneysSummary {...shared} />
          <FlowPanel {...shared} />
          <PathsPanel {...shared} />
          <LengthsPanels {...shared} />
          <PeoplePanel
            query={{
              date_from: state.range.from,
              date_to: state.range.to,
              conversion: state.conversion,
            }}
            colourOf={
              report.data && state.step === 'channel' ? colourSteps(report.data.nodes) : undefined
            }
          />
        </>
      )}
    </Page>
  )
}

interface ThroughProps {
  state: JourneysState
  change: ChangeJourneys
}

/** The step that all shown paths lead through, which can be taken away. */
function Through({ state: { through }, change }: ThroughProps) {
  const { t } = useTranslation()
  const nameOf = useStepName()
  if (through === null) return null
  return (
    <PillBar>
      <Pill
        name={t('journeys.through')}
        value={nameOf(through)}
        onRemove={() => change({ through: null })}
      />
    </PillBar>
  )
}
