import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CreditRow } from '../../api/types.ts'
import { cx } from '../../components/cx.ts'
import table from '../../components/DataTable.module.css'
import { useFormat } from '../../i18n/format.ts'
import { colourOf } from '../analysis/models.ts'
import { usePlayerName } from '../analysis/player_name.ts'
import { orderInReport } from '../orders/order_state.ts'
import { useProject } from '../projects/project_context.ts'
import type { AttributionState } from './use_attribution_state.ts'
import type { ListedConversion } from './credit_list.ts'
import classes from './ConversionsPanel.module.css'

interface ConversionsTableProps {
  conversions: readonly ListedConversion[]
  state: AttributionState
}

export function ConversionsTable({ conversions, state }: ConversionsTableProps) {
  const { t } = useTranslation()
  return (
    <div className={table.scroll} tabIndex={0} role="region" aria-label={t('credit_list.title')}>
      <table className={cx(table.table, classes.table)}>
        <thead>
          <tr>
            <th scope="col" className={table.key}>
              {t('attribution.conversion')}
            </th>
            <th scope="col" className={classes.touch}>
              {t('credit_list.touch')}
            </th>
            {state.models.map((model) => (
              <th key={model} scope="col">
                <i className={classes.dot} style={{ background: colourOf(model) }} />
                {t(`model.${model}`)}
              </th>
            ))}
          </tr>
        </thead>
        {conversions.map((conversion) => (
          <Conversion
            key={`${conversion.id} ${conversion.time}`}
            conversion={conversion}
            state={state}
          />
        ))}
      </table>
    </div>
  )
}

interface ConversionProps {
  conversion: ListedConversion
  state: AttributionState
}

function Conversion({ conversion, state }: ConversionProps) {
  const { touches } = conversion
  return (
    <tbody>
      {touches.map((row, index) => (
        <tr key={row.position}>
          {index === 0 && (
            <th scope="rowgroup" rowSpan={touches.length} className={table.key}>
              <Name conversion={conversion} state={state} />
            </th>
          )}
          <td className={classes.touch}>
            <Touch row={row} />
          </td>
          <Credits row={row} state={state} />
        </tr>
      ))}
    </tbody>
  )
}

function Name({ conversion: { id, time }, state }: ConversionProps) {
  const format = useFormat()
  const project = useProject()
  return (
    <>
      {state.conversion === 'order' ? (
        <Link to={orderInReport(project.id, id, state)} className={classes.id}>
          {id}
        </Link>
      ) : (
        <span className={classes.id}>{id}</span>
      )}
      <span className={classes.when}>
        {format.plainDayAt(time, project.timezone)}, {format.timeAt(time, project.timezone)}
      </span>
    </>
  )
}

function Touch({ row }: { row: CreditRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = usePlayerName()
  const { timezone } = useProject()
  if (row.player === null) {
    return <span className={classes.untouched}>{t('credit_list.untouched')}</span>
  }
  return (
    <>
      <span className={classes.place}>
        {row.position}/{row.path_length}
      </span>
      {nameOf(row.player)}
      {row.touch_time !== null && (
        <span className={classes.touched}>{format.plainDayAt(row.touch_time, timezone)}</span>
      )}
    </>
  )
}

function Credits({ row, state }: { row: CreditRow; state: AttributionState }) {
  const format = useFormat()
  const { currency } = useProject()
  return state.models.map((model) => {
    const found = row.models[model]
    if (!found || found.credit === 0) {
      return (
        <td key={model} className={classes.nothing}>
          —
        </td>
      )
    }
    return (
      <td key={model} title={format.money(found.amount, currency)}>
        {format.percent(found.credit)}
      </td>
    )
  })
}
