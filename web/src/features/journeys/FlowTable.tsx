import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JourneysReport } from '../../api/types.ts'
import table from '../../components/DataTable.module.css'
import { Pager } from '../../components/Pager.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import { useNodeName } from '../analysis/step_name.ts'

const PAGE = 15

/** The same flow as the diagram, link by link. */
export function FlowTable({ report: { nodes, links } }: { report: JourneysReport }) {
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = useNodeName()
  const { currency } = useProject()
  const [page, setPage] = useState(1)
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const name = (id: string) => {
    const node = byId.get(id)
    return node ? nameOf(node) : id
  }
  const sorted = [...links].sort((one, other) => other.value - one.value)
  return (
    <>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col" className={table.key}>
                {t('journeys.from')}
              </th>
              <th scope="col" className={table.key}>
                {t('journeys.to')}
              </th>
              <th scope="col">{t('journeys.paths')}</th>
              <th scope="col">{t('attribution.conversions')}</th>
              <th scope="col">{t('value.revenue')}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.slice((page - 1) * PAGE, page * PAGE).map((link) => (
              <tr key={`${link.source} ${link.target}`}>
                <th scope="row" className={table.key}>
                  {name(link.source)}
                </th>
                <td className={table.key}>{name(link.target)}</td>
                <td>{format.count(link.value)}</td>
                <td>{format.count(link.conversions)}</td>
                <td>{format.moneyWhole(link.revenue, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {sorted.length > PAGE && (
        <Pager page={page} hasNext={page * PAGE < sorted.length} onPage={setPage} />
      )}
    </>
  )
}
