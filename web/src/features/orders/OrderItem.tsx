import { IconShoppingBag } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ExplainedOrder } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import timeline from '../people/Timeline.module.css'
import { useProject } from '../projects/project_context.ts'
import classes from './TouchesPanel.module.css'

/** The order itself, at its place among the touches. */
export function OrderItem({ order }: { order: ExplainedOrder['order'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { timezone } = useProject()
  return (
    <li className={timeline.item} data-kind="order">
      <span className={timeline.icon}>
        <IconShoppingBag size={16} stroke={1.8} aria-hidden />
      </span>
      <div className={timeline.what}>
        <b>{t('event_kind.order', { id: order.order_id })}</b>
        <span className={timeline.details}>
          {format.money(Number(order.revenue), order.currency)}
        </span>
      </div>
      <time dateTime={order.ordered_at} className={classes.when}>
        {format.plainDayAt(order.ordered_at, timezone)}, {format.timeAt(order.ordered_at, timezone)}
      </time>
    </li>
  )
}
