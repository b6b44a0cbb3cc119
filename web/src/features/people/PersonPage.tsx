import { Button, Skeleton } from '@mantine/core'
import { IconChevronLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { PersonTimeline } from '../../api/types.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { Stat, Stats } from '../../components/Stats.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import { IdentityPanel } from './IdentityPanel.tsx'
import { PersonEvents } from './PersonEvents.tsx'
import { SettlingNote } from './SettlingNote.tsx'
import { useTimeline } from './use_people.ts'
import classes from './PersonPage.module.css'

/** One person: what happened to them, and what they are known by. */
export function PersonPage() {
  const { t } = useTranslation()
  const { id } = useProject()
  const { personId = '' } = useParams()
  const timeline = useTimeline(personId)
  const pages = timeline.data?.pages
  return (
    <Page
      title={t('person.title')}
      actions={
        <Button
          component={Link}
          to={`/p/${id}/journeys`}
          variant="default"
          leftSection={<IconChevronLeft size={16} aria-hidden />}
        >
          {t('shell.journeys')}
        </Button>
      }
    >
      {timeline.isError && !pages ? (
        <Panel>
          <ErrorState error={timeline.error} onRetry={timeline.refetch} />
        </Panel>
      ) : (
        <>
          <SettlingNote />
          <Summary person={pages?.[0]?.person} />
          <div className={classes.columns}>
            <Panel title={t('person.timeline')} subtitle={t('person.timeline_text')}>
              {pages ? (
                <PersonEvents
                  events={pages.flatMap(({ data }) => data)}
                  hasMore={timeline.hasNextPage}
                  loading={timeline.isFetchingNextPage}
                  onMore={() => void timeline.fetchNextPage()}
                />
              ) : (
                <Skeleton height={320} />
              )}
            </Panel>
            <IdentityPanel personId={personId} />
          </div>
        </>
      )}
    </Page>
  )
}

function Summary({ person }: { person: PersonTimeline['person'] | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { currency, timezone } = useProject()
  return (
    <Stats>
      <Stat label={t('metric.revenue')} value={person && format.money(person.revenue, currency)} />
      <Stat label={t('metric.orders')} value={person && format.count(person.orders)} />
      <Stat label={t('person.touches')} value={person && format.count(person.touches)} />
      <Stat
        label={t('person.first_seen')}
        value={person && format.plainDayAt(person.first_seen_at, timezone)}
        note={
          person && t('person.last_seen', { day: format.plainDayAt(person.last_seen_at, timezone) })
        }
      />
    </Stats>
  )
}
