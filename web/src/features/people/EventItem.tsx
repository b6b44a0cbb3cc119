import {
  IconArrowBackUp,
  IconBolt,
  IconClick,
  IconHeartHandshake,
  IconShoppingBag,
  IconTarget,
  IconUserPlus,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { PersonEvent } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { cssColour } from '../analysis/colours.ts'
import { orderPath } from '../orders/order_path.ts'
import { useProject } from '../projects/project_context.ts'
import { originDetails } from './origin.ts'
import classes from './Timeline.module.css'

const ICONS: Record<PersonEvent['kind'], Icon> = {
  touch: IconClick,
  order: IconShoppingBag,
  refund: IconArrowBackUp,
  deal: IconHeartHandshake,
  deal_won: IconTarget,
  lead: IconUserPlus,
  event: IconBolt,
}

interface EventItemProps {
  event: PersonEvent
  colourOf: (channel: string) => string
}

export function EventItem({ event, colourOf }: EventItemProps) {
  const format = useFormat()
  const { timezone } = useProject()
  const Glyph = ICONS[event.kind]
  const { channel } = event.origin
  return (
    <li className={classes.item} data-kind={event.kind}>
      <span
        className={classes.icon}
        style={
          event.kind === 'touch' && channel ? { color: cssColour(colourOf(channel)) } : undefined
        }
      >
        <Glyph size={16} stroke={1.8} aria-hidden />
      </span>
      <div className={classes.what}>
        <Title event={event} />
        <span className={classes.details}>{originDetails(event.origin).join(' · ')}</span>
      </div>
      <div className={classes.side}>
        <Amount event={event} />
        <time dateTime={event.at}>{format.timeAt(event.at, timezone)}</time>
      </div>
    </li>
  )
}

function Title({ event }: { event: PersonEvent }) {
  const { t } = useTranslation()
  const { id } = useProject()
  if (event.kind === 'touch') {
    return <b>{event.origin.channel ?? t('attribution.not_set')}</b>
  }
  if (event.kind === 'event') return <b>{event.name}</b>
  const label = t(`event_kind.${event.kind}`, { id: event.id })
  return (
    <span className={classes.title}>
      {event.kind === 'order' ? <Link to={orderPath(id, event.id)}>{label}</Link> : <b>{label}</b>}
      {event.is_new && <em>{t('person.first_order')}</em>}
      {event.state === 'cancelled' && <em data-tone="bad">{t('person.cancelled')}</em>}
      {event.state === 'test' && <em>{t('person.test')}</em>}
    </span>
  )
}

function Amount({ event: { kind, figures } }: { event: PersonEvent }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { currency } = useProject()
  // Leads and events are often worth nothing that is known.
  if (!figures || (figures.gross === 0 && kind !== 'order' && kind !== 'refund')) return null
  if (kind === 'refund') {
    return <span data-tone="bad">−{format.money(figures.refunded, currency)}</span>
  }
  return (
    <span>
      {format.money(figures.gross - figures.discount, currency)}
      {figures.refunded > 0 && (
        <small>{t('person.refunded', { amount: format.money(figures.refunded, currency) })}</small>
      )}
    </span>
  )
}
