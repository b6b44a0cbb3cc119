import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExplainedOrder } from '../../api/types.ts'
import { Panel } from '../../components/Panel.tsx'
import { useFormat } from '../../i18n/format.ts'
import { rankColours } from '../analysis/colours.ts'
import timeline from '../people/Timeline.module.css'
import { OrderItem } from './OrderItem.tsx'
import { TouchItem } from './TouchItem.tsx'
import { sectionsOf, type NumberedTouch } from './touch_sections.ts'
import { TouchStrip } from './TouchStrip.tsx'
import classes from './TouchesPanel.module.css'

interface TouchesPanelProps {
  data: ExplainedOrder
  windowDays: number
}

/** What the person did around the order, the earliest first, and what of it counts. */
export function TouchesPanel({ data, windowDays }: TouchesPanelProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { order, touches, touches_known: known } = data
  const { before, within, after } = sectionsOf(touches)
  const colourOf = rankColours(
    [...within, ...before, ...after].map(({ touch }) => [touch.player, 1] as const)
  )
  const shared = { order, colourOf }
  return (
    <Panel title={t('order.touches')} subtitle={t('order.touches_text')}>
      {within.length > 0 && <TouchStrip touches={within} {...shared} windowDays={windowDays} />}
      {known > touches.length && (
        <p className={classes.hint}>
          {t('order.nearest', {
            shown: format.count(touches.length),
            known: format.count(known),
          })}
        </p>
      )}
      <Outside touches={before} label="order.earlier" {...shared} />
      <p className={classes.boundary}>
        <span>{t('order.window_opens', { count: windowDays })}</span>
      </p>
      {within.length === 0 && <p className={classes.none}>{t('order.no_touch')}</p>}
      <Within touches={within} {...shared} />
      <Outside touches={after} label="order.later" {...shared} />
    </Panel>
  )
}

interface TouchesProps {
  touches: readonly NumberedTouch[]
  order: ExplainedOrder['order']
  colourOf: (player: string) => string
}

/** A path may be very long; its last touches are the ones most models look at. */
const AT_ONCE = 30

function Within({ touches, ...shared }: TouchesProps) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const shown = all ? touches : touches.slice(-AT_ONCE)
  return (
    <>
      {shown.length < touches.length && (
        <Button variant="default" size="xs" mb={6} onClick={() => setAll(true)}>
          {t('order.show_all', { count: touches.length })}
        </Button>
      )}
      <ol className={timeline.list}>
        {shown.map((numbered) => (
          <TouchItem key={numbered.touch.id} {...numbered} {...shared} />
        ))}
        <OrderItem order={shared.order} />
      </ol>
    </>
  )
}

/** What is known and does not count stays folded, unless it is little. */
const FEW = 2

interface OutsideProps extends TouchesProps {
  label: 'order.earlier' | 'order.later'
}

function Outside({ touches, label, ...shared }: OutsideProps) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(touches.length <= FEW)
  if (touches.length === 0) return null
  return (
    <div className={classes.outside}>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        className={classes.fold ?? ''}
        aria-expanded={opened}
        onClick={() => setOpened(!opened)}
      >
        {t(label, { count: touches.length })}
      </Button>
      {opened && (
        <ol className={timeline.list}>
          {touches.map((numbered) => (
            <TouchItem key={numbered.touch.id} {...numbered} {...shared} />
          ))}
        </ol>
      )}
    </div>
  )
}
