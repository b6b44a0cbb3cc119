import { useTranslation } from 'react-i18next'
import type { ExplainedOrder } from '../../api/types.ts'
import { cssColour } from '../analysis/colours.ts'
import { placeInWindow, type NumberedTouch } from './touch_sections.ts'
import classes from './TouchStrip.module.css'

/** More marks than this have no room for a number. */
const NUMBERED = 14

interface TouchStripProps {
  touches: readonly NumberedTouch[]
  order: ExplainedOrder['order']
  windowDays: number
  colourOf: (player: string) => string
}

/** How the touches lie in the window. The list below says the same in words. */
export function TouchStrip({ touches, order, windowDays, colourOf }: TouchStripProps) {
  const { t } = useTranslation()
  const dense = touches.length > NUMBERED
  return (
    <div className={classes.strip} aria-hidden>
      <div className={classes.line} data-dense={dense}>
        {touches.map(({ touch, number }) => (
          <span
            key={touch.id}
            className={classes.dot}
            data-counts={number !== null}
            style={{
              left: `${placeInWindow(touch.at, order.ordered_at, windowDays) * 100}%`,
              background: cssColour(colourOf(touch.player)),
            }}
          >
            {!dense && number}
          </span>
        ))}
        <span className={classes.end} />
      </div>
      <div className={classes.scale}>
        <span>{t('order.days_before', { count: windowDays })}</span>
        <span>{t('order.here')}</span>
      </div>
    </div>
  )
}
