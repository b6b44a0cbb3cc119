import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ExplainedOrder } from '../../api/types.ts'
import { Panel } from '../../components/Panel.tsx'
import { useFormat } from '../../i18n/format.ts'
import { originDetails } from '../people/origin.ts'
import { useProject } from '../projects/project_context.ts'
import classes from './OrderFacts.module.css'

type Order = ExplainedOrder['order']

/** What the order came to, and what it says of itself. */
export function OrderFacts({ order }: { order: Order }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('order.facts')}>
      <Amounts order={order} />
      {order.refunds.length > 0 && <Refunds order={order} />}
      <About order={order} />
    </Panel>
  )
}

const LESS = ['discount', 'refunded'] as const
const BESIDES = ['tax', 'shipping', 'total', 'cogs', 'fees'] as const

function Amounts({ order }: { order: Order }) {
  const { t } = useTranslation()
  const format = useFormat()
  const money = (amount: string) => format.money(Number(amount), order.currency)
  return (
    <dl className={classes.sums}>
      <div>
        <dt>{t('order_amount.gross')}</dt>
        <dd>{money(order.gross)}</dd>
      </div>
      {LESS.filter((key) => Number(order[key]) !== 0).map((key) => (
        <div key={key}>
          <dt>{t(`order_amount.${key}`)}</dt>
          <dd data-tone={key === 'refunded' ? 'bad' : undefined}>−{money(order[key])}</dd>
        </div>
      ))}
      <div className={classes.sum}>
        <dt>{t('metric.revenue')}</dt>
        <dd>{money(order.revenue)}</dd>
      </div>
      {BESIDES.filter((key) => Number(order[key]) !== 0).map((key) => (
        <div key={key} className={classes.beside}>
          <dt>{t(`order_amount.${key}`)}</dt>
          <dd>{money(order[key])}</dd>
        </div>
      ))}
    </dl>
  )
}

function Refunds({ order }: { order: Order }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <>
      <h3 className={classes.heading}>{t('order.refunds')}</h3>
      <ul className={classes.refunds}>
        {order.refunds.map(({ refunded_at: at, date, amount, counts }) => (
          <li key={`${at} ${amount}`}>
            <time dateTime={at}>{format.day(date)}</time>
            {!counts && <em>{t('order.refund_left_out')}</em>}
            <span data-tone="bad">−{format.money(Number(amount), order.currency)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

function About({ order }: { order: Order }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { id } = useProject()
  const origin = originDetails(order.origin)
  if (order.origin.channel !== null) origin.unshift(order.origin.channel)
  const facts = [
    [t('order.origin'), origin.join(' · ')],
    [t('grouping.country'), order.country && format.country(order.country)],
    [t('grouping.device'), order.device],
    [t('order.coupon'), order.coupon],
  ].filter(([, value]) => value)
  return (
    <>
      {facts.length > 0 && (
        <dl className={classes.about}>
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {order.person_id === null ? (
        <p className={classes.hint}>{t('order.nobody')}</p>
      ) : (
        <Link to={`/p/${id}/people/${order.person_id}`} className={classes.person}>
          {t('order.open_person')}
        </Link>
      )}
    </>
  )
}
