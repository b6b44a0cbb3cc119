import { Tooltip } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AttributionReport, AttributionRow } from '../../api/types.ts'
import table from '../../components/DataTable.module.css'
import { cx } from '../../components/cx.ts'
import type { CreditTableProps } from './CreditTable.tsx'
import { CostCell, FigureCells } from './CreditRow.tsx'
import type { Model } from '../analysis/models.ts'
import { totalFigures } from './totals.ts'
import classes from './CreditTable.module.css'

interface ClosingRowProps extends CreditTableProps {
  hasCost: boolean
}

/** Conversions that nobody is known to have been led to: the same in every model. */
export function UnattributedRow({ rows, state, hasCost, onExplain }: ClosingRowProps) {
  const { t } = useTranslation()
  const { unattributed } = rows
  if (!unattributed) return null
  return (
    <tr className={classes.unattributed}>
      <th scope="row" className={cx(table.key, classes.key)}>
        {t('attribution.unattributed')}
        <Tooltip label={t('attribution.unattributed_hint')} w={260}>
          <button
            type="button"
            className={classes.info}
            aria-label={t('attribution.unattributed_hint')}
          >
            <IconInfoCircle size={14} stroke={1.8} aria-hidden />
          </button>
        </Tooltip>
      </th>
      {hasCost && <CostCell cost={unattributed.row.cost} />}
      <FigureCells
        row={unattributed.row}
        before={unattributed.before}
        state={state}
        onExplain={onExplain}
      />
      {state.models.length > 1 && <td />}
    </tr>
  )
}

const ofModels = (answer: AttributionReport, models: readonly Model[]): AttributionRow['models'] =>
  Object.fromEntries(models.map((model) => [model, totalFigures(answer)]))

/** Of all rows, those of other pages and what is unattributed included. */
export function TotalRow({ answer, before, state, hasCost, onExplain }: ClosingRowProps) {
  const { t } = useTranslation()
  return (
    <tr>
      <th scope="row" className={cx(table.key, classes.key)}>
        {t(state.filters.length > 0 ? 'attribution.all_conversions' : 'breakdown.total')}
      </th>
      {hasCost && <CostCell cost={answer.totals.cost} />}
      <FigureCells
        row={{ models: ofModels(answer, state.models) }}
        before={before && { models: ofModels(before, state.models) }}
        state={state}
        onExplain={onExplain}
      />
      {state.models.length > 1 && <td />}
    </tr>
  )
}
