import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PersonEvent } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { rankColours } from '../analysis/colours.ts'
import { useProject } from '../projects/project_context.ts'
import { EventItem } from './EventItem.tsx'
import classes from './Timeline.module.css'

interface PersonEventsProps {
  events: readonly PersonEvent[]
  hasMore: boolean
  loading: boolean
  onMore: () => void
}

interface Day {
  day: string
  events: PersonEvent[]
}

/** Events of one day together; they come in order. */
function byDay(events: readonly PersonEvent[], dayOf: (iso: string) => string): Day[] {
  const days: Day[] = []
  for (const event of events) {
    const day = dayOf(event.at)
    const last = days.at(-1)
    if (last?.day === day) last.events.push(event)
    else days.push({ day, events: [event] })
  }
  return days
}

export function PersonEvents({ events, hasMore, loading, onMore }: PersonEventsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { timezone } = useProject()
  const colourOf = rankColours(
    events.flatMap(({ origin }) => (origin.channel ? [[origin.channel, 1] as const] : []))
  )
  return (
    <>
      {byDay(events, (iso) => format.dayAt(iso, timezone)).map(({ day, events: ofDay }) => (
        <section key={day}>
          <h3 className={classes.day}>{day}</h3>
          <ol className={classes.list}>
            {ofDay.map((event) => (
              <EventItem key={`${event.kind} ${event.id}`} event={event} colourOf={colourOf} />
            ))}
          </ol>
        </section>
      ))}
      {hasMore && (
        <Button variant="default" size="xs" mt="md" loading={loading} onClick={onMore}>
          {t('person.more')}
        </Button>
      )}
    </>
  )
}
