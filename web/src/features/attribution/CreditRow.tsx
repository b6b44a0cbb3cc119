import { useTranslation } from 'react-i18next'
import type { AttributionRow } from '../../api/types.ts'
import table from '../../components/DataTable.module.css'
import { cx } from '../../components/cx.ts'
import { Delta } from '../../components/Delta.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import type { CreditTableProps } from './CreditTable.tsx'
import { DisagreementBar } from './DisagreementBar.tsx'
import { changeOf, figureOf, writeExactly, writeFigure } from './figures.ts'
import type { Model } from '../analysis/models.ts'
import { isGathered, usePlayerName } from '../analysis/player_name.ts'
import type { Row } from './rows.ts'
import type { AttributionState, ChangeAttribution, Grouping } from './use_attribution_state.ts'
import classes from './CreditTable.module.css'

interface CreditRowProps extends CreditTableProps {
  row: Row
  scale: number
  hasCost: boolean
}

export function CreditRow({ row, state, change, scale, hasCost, onExplain }: CreditRowProps) {
  return (
    <tr>
      <th scope="row" className={cx(table.key, classes.key)}>
        <PlayerName player={row.key ?? ''} state={state} change={change} />
      </th>
      {hasCost && <CostCell cost={row.row.cost} />}
      <FigureCells row={row.row} before={row.before} state={state} onExplain={onExplain} />
      {state.models.length > 1 && (
        <td className={classes.disagreement}>
          <DisagreementBar row={row.row} models={state.models} scale={scale} />
        </td>
      )}
    </tr>
  )
}

/** What a row is opened by: the campaigns of a channel, the ads of a campaign. */
const NEXT: Partial<Record<Grouping, Grouping>> = {
  channel: 'campaign',
  source_medium: 'campaign',
  campaign: 'ad',
}

interface PlayerNameProps {
  player: string
  state: AttributionState
  change: ChangeAttribution
}

function PlayerName({ player, state, change }: PlayerNameProps) {
  const { t } = useTranslation()
  const nameOf = usePlayerName(state.by)
  const next = NEXT[state.by]
  if (isGathered(player) || !next) {
    return (
      <span
        className={cx(table.name, classes.name)}
        data-none={isGathered(player)}
        data-fixed
        title={nameOf(player)}
      >
        {nameOf(player)}
      </span>
    )
  }
  const others = state.filters.filter(({ dimension }) => dimension !== state.by)
  return (
    <button
      type="button"
      className={cx(table.name, classes.name)}
      title={t('attribution.open_row', { name: player, by: t(`grouping.${next}`) })}
      onClick={() =>
        change({ by: next, filters: [...others, { dimension: state.by, value: player }] })
      }
    >
      {player}
    </button>
  )
}

export function CostCell({ cost }: { cost: number | null }) {
  const format = useFormat()
  const { currency } = useProject()
  return (
    <td className={classes.cost} title={cost === null ? undefined : format.money(cost, currency)}>
      {cost === null ? '—' : format.moneyWhole(cost, currency)}
    </td>
  )
}

interface FigureCellsProps {
  row: Pick<AttributionRow, 'models'>
  before: Pick<AttributionRow, 'models'> | undefined
  state: AttributionState
  onExplain: (model: Model) => void
}

/** One figure of each model, with its change where periods are compared. */
export function FigureCells({ row, before, state, onExplain }: FigureCellsProps) {
  return state.models.map((model) => (
    <td key={model}>
      <FigureCell
        model={model}
        row={row}
        before={before}
        figure={state.figure}
        onExplain={onExplain}
      />
    </td>
  ))
}

interface FigureCellProps extends Omit<FigureCellsProps, 'state'> {
  model: Model
  figure: AttributionState['figure']
}

function FigureCell({ model, row, before, figure, onExplain }: FigureCellProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { currency } = useProject()
  const value = figureOf(row, model, figure)
  if (value === null) return <span className={classes.absent}>—</span>
  const change = before ? changeOf(figure, value, figureOf(before, model, figure)) : null
  return (
    <>
      <button
        type="button"
        className={table.figure}
        title={`${writeExactly(format, figure, value, currency)} · ${t('attribution.how')}`}
        onClick={() => onExplain(model)}
      >
        {writeFigure(format, figure, value, currency)}
      </button>
      {change && (
        <span className={classes.delta}>
          <Delta change={change} />
        </span>
      )}
    </>
  )
}
