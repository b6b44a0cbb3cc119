import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpendWithoutVisits, VisitsWithoutSpend } from '../../api/types.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Panel } from '../../components/Panel.tsx'
import { toast } from '../../components/toast.ts'
import { useFormat } from '../../i18n/format.ts'
import { problemText } from '../../i18n/problem_text.ts'
import type { Range } from '../period/dates.ts'
import { useProject } from '../projects/project_context.ts'
import { UnmatchedRow } from './UnmatchedRow.tsx'
import { mappingOf } from './mapping.ts'
import { useAddMapping, useUnmatched } from './use_campaigns.ts'
import classes from './Campaigns.module.css'

const nameOf = ({ campaign, campaign_id: id }: SpendWithoutVisits | VisitsWithoutSpend): string =>
  campaign ?? id ?? ''

interface UnmatchedPanelsProps {
  range: Range
  /** Chooses the period. */
  picker: ReactNode
}

/** Campaigns that cost money and brought nobody, and those that brought somebody and cost nothing. */
export function UnmatchedPanels({ range, picker }: UnmatchedPanelsProps) {
  const { t } = useTranslation()
  const unmatched = useUnmatched(range)
  if (unmatched.isError) {
    return (
      <Panel title={t('campaigns.spend')} actions={picker}>
        <ErrorState error={unmatched.error} onRetry={unmatched.refetch} />
      </Panel>
    )
  }
  const { spend_without_visits: spend, visits_without_spend: visits } = unmatched.data ?? {}
  return (
    <>
      <Panel title={t('campaigns.spend')} subtitle={t('campaigns.spend_text')} actions={picker}>
        {spend && visits ? <SpendList spend={spend} visits={visits} /> : <Skeleton height={140} />}
      </Panel>
      <Panel title={t('campaigns.visits')} subtitle={t('campaigns.visits_text')}>
        {spend && visits ? <VisitsList spend={spend} visits={visits} /> : <Skeleton height={140} />}
      </Panel>
    </>
  )
}

interface ListProps {
  spend: readonly SpendWithoutVisits[]
  visits: readonly VisitsWithoutSpend[]
}

function useMap() {
  const { t } = useTranslation()
  const add = useAddMapping()
  return (visits: VisitsWithoutSpend, spend: SpendWithoutVisits) =>
    add.mutate(mappingOf(visits, spend), {
      onSuccess: () => toast(t('campaigns.mapped')),
      onError: (error) => toast(problemText(t, error).title, false),
    })
}

function SpendList({ spend, visits }: ListProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { currency } = useProject()
  const map = useMap()
  if (spend.length === 0) return <p className={classes.none}>{t('campaigns.all_matched')}</p>
  return (
    <ul className={classes.list}>
      {spend.map((row) => (
        <UnmatchedRow
          key={`${row.source} ${row.campaign} ${row.campaign_id}`}
          name={nameOf(row)}
          details={[row.source, row.campaign_id]}
          figure={format.money(row.cost, currency)}
          note={t('campaigns.clicks', { count: row.clicks, shown: format.count(row.clicks) })}
          others={visits}
          nameOf={nameOf}
          onPick={(other) => map(other, row)}
        />
      ))}
    </ul>
  )
}

function VisitsList({ spend, visits }: ListProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const map = useMap()
  if (visits.length === 0) return <p className={classes.none}>{t('campaigns.all_matched')}</p>
  return (
    <ul className={classes.list}>
      {visits.map((row) => (
        <UnmatchedRow
          key={`${row.source} ${row.medium} ${row.campaign} ${row.campaign_id}`}
          name={nameOf(row)}
          details={[row.source, row.medium, row.channel]}
          figure={format.count(row.visits)}
          note={t('campaigns.visits_unit', { count: row.visits })}
          isPaid={row.is_paid}
          others={spend}
          nameOf={nameOf}
          onPick={(other) => map(row, other)}
        />
      ))}
    </ul>
  )
}
