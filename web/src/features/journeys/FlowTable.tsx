import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JourneysReport } from '../../api/types.ts'
import table from '../../components/DataTable.module.css'
import { Pager } from '../../components/Pager.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import { useNodeName, type FlowNode } from '../analysis/step_name.ts'

const PAGE = 15

interface FlowTableProps {
  report: JourneysReport
  onStep: (step: string) => void
}

/** The same flow as the diagram, link by link, for whoever does not use a pointer. */
export function FlowTable({ report: { nodes, links }, onStep }: FlowTableProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { currency } = useProject()
  const [page, setPage] = useState(1)
  const byId = new Map(nodes.map((node) => [node.id, node]))
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
                  <StepName node={byId.get(link.source)} onStep={onStep} />
                </th>
                <td className={table.key}>
                  <StepName node={byId.get(link.target)} onStep={onStep} />
                </td>
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

interface StepNameProps {
  node: FlowNode | undefined
  onStep: (step: string) => void
}

function StepName({ node, onStep }: StepNameProps) {
  const nameOf = useNodeName()
  if (!node) return null
  if (node.kind !== 'step') return nameOf(node)
  return (
    <button type="button" className={table.name} onClick={() => onStep(node.label)}>
      {nameOf(node)}
    </button>
  )
}
