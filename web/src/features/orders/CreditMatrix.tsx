import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OrderModel } from '../../api/types.ts'
import { cx } from '../../components/cx.ts'
import table from '../../components/DataTable.module.css'
import { Pager } from '../../components/Pager.tsx'
import { useFormat } from '../../i18n/format.ts'
import { colourOf, type Model } from '../analysis/models.ts'
import { usePlayerName } from '../analysis/player_name.ts'
import { useProject } from '../projects/project_context.ts'
import type { Cell, MatrixRow } from './credit_matrix.ts'
import classes from './ModelsPanel.module.css'

const PAGE = 20

interface CreditMatrixProps {
  /** What a row is. */
  label: string
  models: readonly OrderModel[]
  rows: readonly MatrixRow[]
  /** The model whose arithmetic is shown. */
  asked: Model
  stale: boolean
  onAsk: (model: Model) => void
}

export function CreditMatrix({ label, models, rows, asked, stale, onAsk }: CreditMatrixProps) {
  const { t } = useTranslation()
  const [page, setPage] = useState(1)
  const pages = Math.max(1, Math.ceil(rows.length / PAGE))
  const shown = Math.min(page, pages)
  return (
    <>
      <div className={table.scroll} tabIndex={0} role="region" aria-label={t('order.models')}>
        <table className={cx(table.table, classes.matrix)} data-stale={stale} aria-busy={stale}>
          <Head label={label} models={models} asked={asked} onAsk={onAsk} />
          <tbody>
            {rows.slice((shown - 1) * PAGE, shown * PAGE).map((row) => (
              <Row key={row.key} row={row} models={models} asked={asked} />
            ))}
          </tbody>
          <tfoot>
            <Total models={models} />
          </tfoot>
        </table>
      </div>
      {pages > 1 && <Pager page={shown} hasNext={shown < pages} onPage={setPage} />}
    </>
  )
}

type HeadProps = Pick<CreditMatrixProps, 'label' | 'models' | 'asked' | 'onAsk'>

function Head({ label, models, asked, onAsk }: HeadProps) {
  const { t } = useTranslation()
  return (
    <thead>
      <tr>
        <th scope="col" className={cx(table.key, classes.key)}>
          {label}
        </th>
        {models.map(({ model }) => (
          <th key={model} scope="col">
            <button
              type="button"
              className={classes.model}
              aria-pressed={model === asked}
              title={t('order.show_arithmetic', { model: t(`model.${model}`) })}
              onClick={() => onAsk(model)}
            >
              <i style={{ background: colourOf(model) }} />
              {t(`model.${model}`)}
            </button>
          </th>
        ))}
      </tr>
    </thead>
  )
}

interface RowProps {
  row: MatrixRow
  models: readonly OrderModel[]
  asked: Model
}

function Row({ row, models, asked }: RowProps) {
  const format = useFormat()
  const nameOf = usePlayerName()
  const { timezone } = useProject()
  return (
    <tr>
      <th scope="row" className={cx(table.key, classes.key)}>
        {row.number !== null && <span className={classes.number}>{row.number}</span>}
        <span className={classes.what}>
          {nameOf(row.player)}
          {row.at !== null && <small>{format.plainDayAt(row.at, timezone)}</small>}
        </span>
      </th>
      {models.map(({ model }) => (
        <td key={model} data-asked={model === asked}>
          <CreditCell cell={row.cells[model]} model={model} />
        </td>
      ))}
    </tr>
  )
}

/** The share in the strength of the model's colour, so that a row can be read at a glance. */
function CreditCell({ cell, model }: { cell: Cell | undefined; model: Model }) {
  const format = useFormat()
  const { currency } = useProject()
  if (!cell || cell.credit === 0) return <span className={classes.nothing}>—</span>
  const strength = Math.round(8 + cell.credit * 24)
  return (
    <span
      className={classes.cell}
      style={{
        background: `color-mix(in oklab, ${colourOf(model)} ${strength}%, transparent)`,
      }}
    >
      <b>{format.percent(cell.credit)}</b>
      <small>{format.money(cell.amount, currency)}</small>
    </span>
  )
}

function Total({ models }: { models: readonly OrderModel[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { currency } = useProject()
  return (
    <tr>
      <th scope="row" className={cx(table.key, classes.key)}>
        {t('breakdown.total')}
      </th>
      {models.map(({ model, total }) => (
        <td key={model}>
          {Number(total.credit) === 0 ? '—' : format.money(Number(total.amount), currency)}
        </td>
      ))}
    </tr>
  )
}
