import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import table from '../../components/DataTable.module.css'
import { cx } from '../../components/cx.ts'
import { Pager } from '../../components/Pager.tsx'
import { SortHeader } from '../../components/SortHeader.tsx'
import { TotalRow, UnattributedRow } from './ClosingRows.tsx'
import { CreditRow } from './CreditRow.tsx'
import { colourOf, type Model } from '../analysis/models.ts'
import { widestShare, type Rows } from './rows.ts'
import type { AttributionReport } from '../../api/types.ts'
import type { AttributionState, ChangeAttribution, Sort } from './use_attribution_state.ts'
import classes from './CreditTable.module.css'

const PAGE = 20

export interface CreditTableProps {
  state: AttributionState
  change: ChangeAttribution
  answer: AttributionReport
  before: AttributionReport | undefined
  rows: Rows
  stale: boolean
  onExplain: (model: Model) => void
}

export function CreditTable(props: CreditTableProps) {
  const { answer, rows, stale } = props
  const { t } = useTranslation()
  const [page, setPage] = useState(1)
  const { players } = rows
  if (answer.data.length === 0) return <p className={table.none}>{t('attribution.none')}</p>
  const pages = Math.max(1, Math.ceil(players.length / PAGE))
  const shown = Math.min(page, pages)
  const scale = widestShare(players)
  const hasCost = answer.totals.cost !== null
  return (
    <>
      <div className={table.scroll} tabIndex={0} role="region" aria-label={t('attribution.table')}>
        <table className={cx(table.table, classes.table)} data-stale={stale} aria-busy={stale}>
          <Head {...props} hasCost={hasCost} />
          <tbody>
            {players.slice((shown - 1) * PAGE, shown * PAGE).map((row) => (
              <CreditRow key={row.key} {...props} row={row} scale={scale} hasCost={hasCost} />
            ))}
          </tbody>
          <tfoot>
            <UnattributedRow {...props} hasCost={hasCost} />
            <TotalRow {...props} hasCost={hasCost} />
          </tfoot>
        </table>
      </div>
      {pages > 1 && <Pager page={shown} hasNext={shown < pages} onPage={setPage} />}
    </>
  )
}

interface HeadProps extends CreditTableProps {
  hasCost: boolean
}

function Head({ state, change, hasCost }: HeadProps) {
  const { t } = useTranslation()
  const sortOf = (by: Sort['by']) => ({
    dir: state.sort.by === by ? state.sort.dir : null,
    onSort: (dir: Sort['dir']) => change({ sort: { by, dir } }),
  })
  return (
    <thead>
      <tr>
        <th scope="col" className={cx(table.key, classes.key)}>
          {t(`grouping.${state.by}`)}
        </th>
        {hasCost && <SortHeader {...sortOf('cost')}>{t('metric.cost')}</SortHeader>}
        {state.models.map((model) => (
          <SortHeader key={model} {...sortOf(model)}>
            <span>
              <i className={classes.dot} style={{ background: colourOf(model) }} />
              {t(`model.${model}`)}
            </span>
          </SortHeader>
        ))}
        {state.models.length > 1 && (
          <SortHeader {...sortOf('disagreement')} className={classes.disagreement}>
            {t('attribution.disagreement')}
          </SortHeader>
        )}
      </tr>
    </thead>
  )
}
