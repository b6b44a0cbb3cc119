import { useTranslation } from 'react-i18next'
import type { ExplainedOrder, OrderTouch } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { cssColour } from '../analysis/colours.ts'
import { usePlayerName } from '../analysis/player_name.ts'
import { originDetails } from '../people/origin.ts'
import timeline from '../people/Timeline.module.css'
import { useProject } from '../projects/project_context.ts'
import type { NumberedTouch } from './touch_sections.ts'
import classes from './TouchesPanel.module.css'

interface TouchItemProps extends NumberedTouch {
  order: ExplainedOrder['order']
  colourOf: (player: string) => string
}

/** One touch: its number on the path, or why it is not on it. */
export function TouchItem({ touch, number, order, colourOf }: TouchItemProps) {
  const { t } = useTranslation()
  const nameOf = usePlayerName()
  const colour = cssColour(colourOf(touch.player))
  return (
    <li className={`${timeline.item} ${classes.item}`} data-counts={number !== null}>
      <span
        className={classes.mark}
        style={number === null ? undefined : { borderColor: colour, color: colour }}
      >
        {number === null ? (
          <i aria-hidden style={{ background: colour }} />
        ) : (
          <span className={classes.number}>{number}</span>
        )}
      </span>
      <div className={timeline.what}>
        <span className={timeline.title}>
          <b className={classes.name}>{nameOf(touch.player)}</b>
          {touch.reason && <span className={classes.why}>{t(`ineligible.${touch.reason}`)}</span>}
          {touch.kind === 'order' && <span className={classes.why}>{t('order.own_note')}</span>}
        </span>
        <span className={timeline.details}>{detailsOf(touch).join(' · ')}</span>
      </div>
      <When at={touch.at} order={order} />
    </li>
  )
}

/** What the name does not say already. */
const detailsOf = (touch: OrderTouch): string[] =>
  [...new Set([touch.channel ?? '', ...originDetails(touch)])].filter(
    (detail) => detail !== '' && detail !== touch.player
  )

const DAY_MS = 86_400_000

function When({ at, order }: { at: string; order: ExplainedOrder['order'] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { timezone } = useProject()
  const days = (Date.parse(order.ordered_at) - Date.parse(at)) / DAY_MS
  const time = format.duration(Math.abs(days))
  return (
    <time dateTime={at} className={classes.when}>
      {format.plainDayAt(at, timezone)}, {format.timeAt(at, timezone)}
      <span>{t(days < 0 ? 'order.time_after' : 'order.time_before', { time })}</span>
    </time>
  )
}
