import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ExplainedOrder, OrderExplanation } from '../../api/types.ts'
import { ChoiceMenu } from '../../components/ChoiceMenu.tsx'
import { Note } from '../../components/Note.tsx'
import { Page } from '../../components/Page.tsx'
import { Stat, Stats } from '../../components/Stats.tsx'
import { useFormat } from '../../i18n/format.ts'
import bar from '../analysis/ReportSettings.module.css'
import { WindowMenu } from '../analysis/WindowMenu.tsx'
import { SettlingNote } from '../people/SettlingNote.tsx'
import { useProject } from '../projects/project_context.ts'
import { ModelsPanel } from './ModelsPanel.tsx'
import { OrderFacts } from './OrderFacts.tsx'
import { OrderIdentity } from './OrderIdentity.tsx'
import { OrderSearch } from './OrderSearch.tsx'
import { PLAYERS, type OrderChange, type OrderState } from './order_state.ts'
import { daysToOrder } from './touch_sections.ts'
import { TouchesPanel } from './TouchesPanel.tsx'
import classes from './OrderExplained.module.css'

interface OrderExplainedProps {
  answer: OrderExplanation
  state: OrderState
  change: (change: OrderChange) => void
  stale: boolean
}

export function OrderExplained({ answer, state, change, stale }: OrderExplainedProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { timezone } = useProject()
  const { data, meta } = answer
  const { order } = data
  return (
    <Page
      title={t('order.title', { id: order.order_id })}
      subtitle={`${format.dayAt(order.ordered_at, timezone)}, ${format.timeAt(order.ordered_at, timezone)}`}
      actions={<OrderSearch />}
    >
      <div className={bar.bar}>
        <WindowMenu days={meta.window_days} onChange={(windowDays) => change({ windowDays })} />
        <ChoiceMenu
          label={t('attribution.group_by')}
          value={state.by}
          choices={PLAYERS.map((value) => ({ value, label: t(`grouping.${value}`) }))}
          onChange={(by) => change({ by })}
        />
      </div>
      <SettlingNote />
      {data.not_credited && (
        <Note icon={IconInfoCircle} title={t('order.not_credited')} tone="warn">
          {t(`not_credited.${data.not_credited}`)}
        </Note>
      )}
      <Summary data={data} stale={stale} />
      <div className={classes.columns}>
        <TouchesPanel data={data} windowDays={meta.window_days} />
        <OrderFacts order={order} />
      </div>
      {data.models.length > 0 && <ModelsPanel data={data} by={state.by} stale={stale} />}
      <OrderIdentity data={data} />
    </Page>
  )
}

function Summary({ data, stale }: { data: ExplainedOrder; stale: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { order, touches, touches_known: known } = data
  const counted = touches.filter(({ eligible }) => eligible).length
  const days = daysToOrder(touches, order.ordered_at)
  const refunded = Number(order.refunded)
  return (
    <Stats stale={stale}>
      <Stat
        label={t('metric.revenue')}
        value={format.money(Number(order.revenue), order.currency)}
        note={
          refunded === 0
            ? t('order.nothing_refunded')
            : t('person.refunded', { amount: format.money(refunded, order.currency) })
        }
      />
      <Stat
        label={t('order.counted')}
        value={format.count(counted)}
        note={t('order.of_known', { count: known, shown: format.count(known) })}
      />
      <Stat
        label={t('order.took')}
        value={days === null ? '—' : format.duration(days)}
        note={t('order.took_note')}
      />
      <Stat
        label={t('node_type.customer')}
        value={t(customerKey(order))}
        note={
          order.first_order_date !== null && !order.is_new
            ? t('order.since', { day: format.day(order.first_order_date) })
            : undefined
        }
      />
    </Stats>
  )
}

function customerKey({ person_id: person, is_new: isNew }: ExplainedOrder['order']) {
  if (person === null) return 'order.customer_unknown'
  return isNew ? 'order.customer_new' : 'order.customer_returning'
}
