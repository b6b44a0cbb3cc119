import { useTranslation } from 'react-i18next'
import type { JourneysReport } from '../../api/types.ts'
import { Stat, Stats } from '../../components/Stats.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useConversionName } from '../analysis/conversion_name.ts'
import { useProject } from '../projects/project_context.ts'
import { median } from './lengths.ts'
import type { JourneysState } from './use_journeys_state.ts'

interface JourneysSummaryProps {
  state: JourneysState
  report: JourneysReport | undefined
  stale: boolean
}

/** What the flow is made of, and how long the usual way is. */
export function JourneysSummary({ state, report, stale }: JourneysSummaryProps) {
  const { t } = useTranslation()
  const nameOf = useConversionName()
  return (
    <Stats stale={stale}>
      {report ? (
        <Figures report={report} />
      ) : (
        [
          nameOf(state.conversion),
          t('value.revenue'),
          t('journeys.touches'),
          t('journeys.days'),
        ].map((label) => <Stat key={label} label={label} value={undefined} />)
      )}
    </Stats>
  )
}

function Figures({ report: { totals, lengths, meta } }: { report: JourneysReport }) {
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = useConversionName()
  const { currency } = useProject()
  const touches = median(
    lengths.touches.map((row) => ({ at: row.touches, count: row.conversions }))
  )
  const days = median(lengths.days.map((row) => ({ at: row.days, count: row.conversions })))
  const without = totals.paths_without_touch
  return (
    <>
      <Stat
        label={nameOf(meta.conversion)}
        value={format.count(totals.conversions)}
        note={without > 0 ? t('journeys.without_touch', { count: without }) : undefined}
      />
      <Stat label={t('value.revenue')} value={format.money(totals.revenue, currency)} />
      <Stat
        label={t('journeys.touches')}
        value={touches === null ? '—' : format.count(touches)}
        note={t('journeys.median')}
      />
      <Stat
        label={t('journeys.days')}
        value={days === null ? '—' : format.count(days)}
        note={t('journeys.median')}
      />
    </>
  )
}
