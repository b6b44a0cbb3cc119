import { SegmentedControl, Skeleton } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JourneysReport } from '../../api/types.ts'
import { Panel } from '../../components/Panel.tsx'
import { FlowShape } from './FlowShape.tsx'
import { FlowTable } from './FlowTable.tsx'
import type { ChangeJourneys, JourneysState } from './use_journeys_state.ts'
import classes from './FlowPanel.module.css'

const FlowChart = lazy(() => import('./FlowChart.tsx'))

const VIEWS = ['diagram', 'table'] as const
type View = (typeof VIEWS)[number]

interface FlowPanelProps {
  state: JourneysState
  change: ChangeJourneys
  report: JourneysReport | undefined
  stale: boolean
}

const ROW = 46
const LEAST = 300
const MOST = 640

/** Room for the column with most nodes. */
function heightOf({ nodes }: JourneysReport): number {
  const counts = new Map<number, number>()
  for (const { step } of nodes) counts.set(step, (counts.get(step) ?? 0) + 1)
  return Math.min(MOST, Math.max(LEAST, Math.max(0, ...counts.values()) * ROW))
}

/** The ways that lead to conversions, step by step. */
export function FlowPanel({ state, change, report, stale }: FlowPanelProps) {
  const { t } = useTranslation()
  const [view, setView] = useState<View>('diagram')
  const through = (step: string) => change({ through: step })
  return (
    <Panel
      title={t('journeys.flow_title')}
      subtitle={t(`flow_text.${state.from}`)}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('journeys.view')}
          data={VIEWS.map((value) => ({ value, label: t(`journeys_view.${value}`) }))}
          value={view}
          onChange={setView}
        />
      }
    >
      <div className={classes.shape}>
        <FlowShape state={state} change={change} />
      </div>
      {report ? (
        <Flow view={view} report={report} stale={stale} onStep={through} />
      ) : (
        <Skeleton height={LEAST} />
      )}
    </Panel>
  )
}

interface FlowProps {
  view: View
  report: JourneysReport
  stale: boolean
  onStep: (step: string) => void
}

function Flow({ view, report, stale, onStep }: FlowProps) {
  const { t } = useTranslation()
  if (report.nodes.length === 0) return <p className={classes.none}>{t('journeys.none')}</p>
  if (view === 'table') return <FlowTable report={report} onStep={onStep} />
  return (
    <div className={classes.scroll} data-stale={stale}>
      <div className={classes.chart} style={{ height: heightOf(report) }}>
        <Suspense fallback={<Skeleton height="100%" />}>
          <FlowChart report={report} onStep={onStep} />
        </Suspense>
      </div>
    </div>
  )
}
