import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JourneysReport } from '../../api/types.ts'
import table from '../../components/DataTable.module.css'
import { Panel } from '../../components/Panel.tsx'
import { TableSkeleton } from '../../components/TableSkeleton.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import { PathSteps } from '../analysis/PathSteps.tsx'
import { colourSteps } from './step_colours.ts'
import classes from './PathsPanel.module.css'

interface PathsPanelProps {
  report: JourneysReport | undefined
  stale: boolean
}

const FIRST = 10

/** The commonest ways as a list. */
export function PathsPanel({ report, stale }: PathsPanelProps) {
  const { t } = useTranslation()
  return (
    <Panel title={t('journeys.paths_title')} subtitle={t('journeys.paths_text')} flush>
      {report ? <Paths report={report} stale={stale} /> : <TableSkeleton />}
    </Panel>
  )
}

function Paths({ report, stale }: { report: JourneysReport; stale: boolean }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const { length } = report.top_paths
  if (length === 0) return <p className={table.none}>{t('journeys.none')}</p>
  return (
    <>
      <PathsTable report={report} stale={stale} count={all ? length : FIRST} />
      {!all && length > FIRST && (
        <div className={classes.more}>
          <Button variant="subtle" color="gray" size="xs" onClick={() => setAll(true)}>
            {t('journeys.show_all', { count: length })}
          </Button>
        </div>
      )}
    </>
  )
}

interface PathsTableProps {
  report: JourneysReport
  stale: boolean
  count: number
}

function PathsTable({ report, stale, count }: PathsTableProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { currency } = useProject()
  const colourOf = colourSteps(report.nodes)
  return (
    <div className={table.scroll}>
      <table className={table.table} data-stale={stale} aria-busy={stale}>
        <thead>
          <tr>
            <th scope="col" className={table.key}>
              {t('journeys.path')}
            </th>
            <th scope="col">{t('attribution.conversions')}</th>
            <th scope="col">{t('figure.share')}</th>
            <th scope="col">{t('value.revenue')}</th>
            <th scope="col" className={classes.last}>
              {t('journeys.days')}
            </th>
          </tr>
        </thead>
        <tbody>
          {report.top_paths.slice(0, count).map((row) => (
            <tr key={row.path.join('\u0000')}>
              <th scope="row" className={classes.path}>
                <PathSteps path={row.path} colourOf={colourOf} />
              </th>
              <td>{format.count(row.conversions)}</td>
              <td>{format.percent(row.share)}</td>
              <td title={format.money(row.revenue, currency)}>
                {format.moneyWhole(row.revenue, currency)}
              </td>
              <td className={classes.last}>{format.credit(row.avg_days)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
