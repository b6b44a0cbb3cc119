import { useTranslation } from 'react-i18next'
import { ChoiceMenu } from '../../components/ChoiceMenu.tsx'
import { useFormat } from '../../i18n/format.ts'
import {
  DEPTHS,
  DIRECTIONS,
  LEAST_SHARES,
  type ChangeJourneys,
  type JourneysState,
} from './use_journeys_state.ts'

const REPEATS = ['merged', 'kept'] as const

interface FlowShapeProps {
  state: JourneysState
  change: ChangeJourneys
}

/** How the diagram is drawn: from which end, how far, and how fine. */
export function FlowShape({ state, change }: FlowShapeProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <>
      <ChoiceMenu
        label={t('journeys.direction')}
        value={state.from}
        choices={DIRECTIONS.map((value) => ({ value, label: t(`direction.${value}`) }))}
        onChange={(from) => change({ from })}
      />
      <ChoiceMenu
        label={t('journeys.depth')}
        value={String(state.depth)}
        choices={DEPTHS.map((depth) => ({ value: String(depth), label: String(depth) }))}
        onChange={(depth) => change({ depth: Number(depth) })}
      />
      <ChoiceMenu
        label={t('journeys.least')}
        value={String(state.leastShare)}
        choices={LEAST_SHARES.map((share) => ({
          value: String(share),
          label: share === 0 ? t('journeys.least_none') : format.percent(share, 0),
        }))}
        onChange={(share) => change({ leastShare: Number(share) })}
      />
      <ChoiceMenu
        label={t('journeys.repeats')}
        value={state.collapses ? 'merged' : 'kept'}
        choices={REPEATS.map((value) => ({ value, label: t(`repeats.${value}`) }))}
        onChange={(repeats) => change({ collapses: repeats === 'merged' })}
      />
    </>
  )
}
