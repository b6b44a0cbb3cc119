import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { JourneysReport } from '../../api/types.ts'
import { usePlayerName } from './player_name.ts'

export type FlowNode = JourneysReport['nodes'][number]

const MORE = '(more)'

/** What a step of a path is called. */
export function useStepName(): (label: string) => string {
  const { t } = useTranslation()
  const nameOf = usePlayerName()
  return useCallback(
    (label: string) => (label === MORE ? t('journeys.more_steps') : nameOf(label)),
    [t, nameOf]
  )
}

/** What a node of the flow is called. */
export function useNodeName(): (node: FlowNode) => string {
  const { t } = useTranslation()
  const nameOf = useStepName()
  return useCallback(
    ({ kind, label }: FlowNode) => (kind === 'step' ? nameOf(label) : t(`node.${kind}`)),
    [t, nameOf]
  )
}
