import { useTranslation } from 'react-i18next'
import type { AttributionReport } from '../../api/types.ts'
import { Stat, Stats } from '../../components/Stats.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import { changeOf } from './figures.ts'
import type { AttributionState } from './use_attribution_state.ts'

interface SummaryProps {
  state: AttributionState
  answer: AttributionReport | undefined
  before: AttributionReport | undefined
  stale: boolean
}

/** What there is to divide, and what the division rests on. */
export function Summary({ state, answer, before, stale }: SummaryProps) {
  const { t } = useTranslation()
  return (
    <Stats stale={stale}>
      <Total label={t(`value_total.${state.value}`)} of="revenue" answer={answer} before={before} />
      <Total
        label={t('attribution.conversions')}
        of="conversions"
        answer={answer}
        before={before}
      />
      <Paths answer={answer} />
    </Stats>
  )
}

interface TotalProps extends Pick<SummaryProps, 'answer' | 'before'> {
  label: string
  of: 'revenue' | 'conversions'
}

function Total({ label, of, answer, before }: TotalProps) {
  const format = useFormat()
  const { currency } = useProject()
  if (!answer) return <Stat label={label} value={undefined} />
  const value = answer.totals[of]
  const change = before ? changeOf(of, value, before.totals[of]) : null
  if (value === null) return <Stat label={label} value="—" />
  const written = of === 'revenue' ? format.money(value, currency) : format.count(value)
  return <Stat label={label} value={written} change={change} />
}

function Paths({ answer }: Pick<SummaryProps, 'answer'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const all = answer?.totals.conversions ?? 0
  const share = answer && all > 0 ? 1 - answer.meta.conversions_without_touch / all : null
  return (
    <>
      <Stat
        label={t('attribution.paths')}
        value={answer && format.count(answer.meta.paths)}
        note={share === null ? '' : t('attribution.paths_hint', { share: format.percent(share) })}
      />
      <Stat
        label={t('attribution.null_paths')}
        value={answer && format.count(answer.meta.paths_without_conversion)}
        note={t('attribution.null_paths_hint')}
      />
    </>
  )
}
