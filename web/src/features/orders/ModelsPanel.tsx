import { SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExplainedOrder } from '../../api/types.ts'
import { Panel } from '../../components/Panel.tsx'
import { isModel, type Model } from '../analysis/models.ts'
import { CreditMatrix } from './CreditMatrix.tsx'
import { inOfferedOrder, playerRows, touchRows } from './credit_matrix.ts'
import { ModelArithmetic } from './ModelArithmetic.tsx'
import type { Player } from './order_state.ts'
import classes from './ModelsPanel.module.css'

const VIEWS = ['touches', 'players'] as const

interface ModelsPanelProps {
  data: ExplainedOrder
  by: Player
  stale: boolean
}

/** What each model makes of the order, side by side, and the arithmetic of one of them. */
export function ModelsPanel({ data, by, stale }: ModelsPanelProps) {
  const { t } = useTranslation()
  const models = useMemo(() => inOfferedOrder(data.models), [data])
  const [view, setView] = useState<(typeof VIEWS)[number]>('touches')
  const [asked, setAsked] = useState<Model>('linear')
  const isDivided = data.touches.some(({ eligible }) => eligible)
  const rows = useMemo(
    () => (view === 'touches' ? touchRows(data) : playerRows(data)),
    [view, data]
  )
  const nameOf = (one: (typeof VIEWS)[number]) =>
    one === 'touches' ? t('order.by_touch') : t(`grouping.${by}`)
  const shown = models.find(({ model }) => model === asked) ?? models[0]
  if (!isDivided) {
    return (
      <Panel title={t('order.models')}>
        <p className={classes.none}>{t('order.unattributed')}</p>
      </Panel>
    )
  }
  return (
    <Panel
      title={t('order.models')}
      subtitle={t('order.models_text')}
      flush
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('order.rows')}
          data={VIEWS.map((value) => ({ value, label: nameOf(value) }))}
          value={view}
          onChange={setView}
        />
      }
    >
      <CreditMatrix
        label={nameOf(view)}
        models={models}
        rows={rows}
        asked={asked}
        stale={stale}
        onAsk={(model) => isModel(model) && setAsked(model)}
      />
      {shown && <ModelArithmetic key={shown.model} model={shown} data={data} />}
    </Panel>
  )
}
