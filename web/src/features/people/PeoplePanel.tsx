import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { PersonSummary } from '../../api/types.ts'
import table from '../../components/DataTable.module.css'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Panel } from '../../components/Panel.tsx'
import { TableSkeleton } from '../../components/TableSkeleton.tsx'
import { useFormat } from '../../i18n/format.ts'
import { rankColours } from '../analysis/colours.ts'
import { PathSteps } from '../analysis/PathSteps.tsx'
import { orderPath } from '../orders/order_path.ts'
import { useProject } from '../projects/project_context.ts'
import { usePeople, type PeopleQuery } from './use_people.ts'
import classes from './PeoplePanel.module.css'

const FIRST = 10

interface PeoplePanelProps {
  query: PeopleQuery
  /** The colours that channels have on the rest of the page, if they have any. */
  colourOf: ((channel: string) => string) | undefined
}

/** Who converted last, and by which channels they came. */
export function PeoplePanel({ query, colourOf }: PeoplePanelProps) {
  const { t } = useTranslation()
  const people = usePeople(query, FIRST)
  const rows = people.data?.pages.flatMap(({ data }) => data)
  return (
    <Panel title={t('people.title')} subtitle={t('people.text')} flush>
      {people.isPending && <TableSkeleton />}
      {people.isError && !rows && <ErrorState error={people.error} onRetry={people.refetch} />}
      {rows && (
        <PeopleTable
          rows={rows}
          colourOf={colourOf ?? coloursIn(rows)}
          isOrder={query.conversion === 'order'}
        />
      )}
      {people.hasNextPage && (
        <MoreButton
          loading={people.isFetchingNextPage}
          onClick={() => void people.fetchNextPage()}
        />
      )}
    </Panel>
  )
}

function MoreButton({ loading, onClick }: { loading: boolean; onClick: () => void }) {
  const { t } = useTranslation()
  return (
    <div className={classes.more}>
      <Button variant="subtle" color="gray" size="xs" loading={loading} onClick={onClick}>
        {t('people.more')}
      </Button>
    </div>
  )
}

interface PeopleTableProps {
  /** Whether conversions are orders, which have a page of their own. */
  isOrder: boolean
  rows: readonly PersonSummary[]
  colourOf: (channel: string) => string
}

const coloursIn = (rows: readonly PersonSummary[]) =>
  rankColours(rows.flatMap(({ path }) => path.map((step) => [step, 1] as const)))

function PeopleTable({ rows, colourOf, isOrder }: PeopleTableProps) {
  const { t } = useTranslation()
  if (rows.length === 0) return <p className={table.none}>{t('journeys.none')}</p>
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col" className={table.key}>
              {t('people.last')}
            </th>
            <th scope="col" className={classes.path}>
              {t('people.path')}
            </th>
            <th scope="col">{t('people.conversions')}</th>
            <th scope="col">{t('value.revenue')}</th>
            <th scope="col" className={classes.last}>
              {t('people.person')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <PersonRow key={row.person_id} row={row} colourOf={colourOf} isOrder={isOrder} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface PersonRowProps {
  row: PersonSummary
  isOrder: boolean
  colourOf: (label: string) => string
}

function PersonRow({ row, colourOf, isOrder }: PersonRowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { id, currency, timezone } = useProject()
  return (
    <tr>
      <th scope="row" className={table.key}>
        <LastConversion id={row.last_conversion_id} isOrder={isOrder} />
        <span className={classes.when}>
          {format.dayAt(row.last_conversion_at, timezone)},{' '}
          {format.timeAt(row.last_conversion_at, timezone)}
        </span>
      </th>
      <td className={classes.path}>
        <PathSteps path={row.path.map((step) => step || '(not set)')} colourOf={colourOf} />
      </td>
      <td>{format.count(row.conversions)}</td>
      <td>{format.money(row.revenue, currency)}</td>
      <td className={classes.last}>
        <Link to={`/p/${id}/people/${row.person_id}`} className={classes.open}>
          {t('people.open')}
        </Link>
      </td>
    </tr>
  )
}

function LastConversion({ id, isOrder }: { id: string; isOrder: boolean }) {
  const project = useProject()
  if (!isOrder) return <span className={classes.id}>{id}</span>
  return (
    <Link to={orderPath(project.id, id)} className={classes.id}>
      {id}
    </Link>
  )
}
