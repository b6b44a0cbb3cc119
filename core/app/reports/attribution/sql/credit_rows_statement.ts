import { NOT_SET, OTHER } from '#attribution/public'
import { harmlessCell } from '#warehouse/public'
import type { AttributionPlan } from '../plan.ts'
import { isShown, stepsSql, modelsOfConversions } from './credits_statement.ts'
import { modelSql } from './model_sql.ts'

/** What a row tells of its touch, besides its player. */
export const touchColumns = [
  'channel',
  'source',
  'medium',
  'campaign',
  'ad',
  'keyword',
  'landing_page',
  'country',
  'device',
] as const

const told = (column: string) => `touch_${column}_of_step`

const along = {
  ...Object.fromEntries(touchColumns.map((column) => [told(column), `touch_${column}`])),
  step_time: 'touch_time',
} as Readonly<Record<string, string>>

/** A player as it is shown: of different spellings the touch's own, where no ad account has one. */
function shownPlayer({ grouping }: AttributionPlan): string {
  const { label } = grouping.dimension
  if (!label) return 'toString(player)'
  const shown = label.shown('player', 'own_label')
  return `if(player IN ('${NOT_SET}', '${OTHER}'), toString(player), ${shown})`
}

const unlessNobody = (sql: string) => `if(touches > 0, ${sql}, NULL)`

/** Each step of each conversion that is shown. */
function rowsSql(plan: AttributionPlan, isLimited: boolean): string {
  const figures = modelsOfConversions(plan).flatMap((model) => {
    const { credit, amount } = modelSql(model)
    return [`toInt128(${credit}) AS credit_${model}`, `${amount} AS amount_${model}`]
  })
  const columns = [
    'date',
    'conversion_key',
    'conversion_id',
    'event_time AS conversion_time',
    'place AS position',
    'touches AS path_length',
    `${unlessNobody('step_time')} AS touch_time`,
    `${unlessNobody(shownPlayer(plan))} AS player`,
    ...touchColumns.map((column) => `nullIf(toString(${told(column)}), '') AS ${column}`),
    ...figures,
  ]
  return `SELECT ${columns.join(',\n  ')}
FROM (${stepsSql(plan, isLimited, along)})
WHERE ${isShown(plan)}`
}

const order = 'date, conversion_key, position'
const further = `WHERE (${order}) > ({after_date:Date}, {after_key:UInt64}, {after_position:Int64})`

/** A page of the credits; where it goes on, it begins after the row that is bound. */
export function creditRowsStatement(
  plan: AttributionPlan,
  isLimited: boolean,
  goesOn: boolean
): string {
  return `SELECT * FROM (${rowsSql(plan, isLimited)})
${goesOn ? further : ''}
ORDER BY ${order}
LIMIT {rows:UInt32}`
}

const texts = ['conversion_id', 'player', ...touchColumns]

/** All credits as CSV; amounts and credits with all their places. */
export function creditFileStatement(plan: AttributionPlan, isLimited: boolean): string {
  const figures = modelsOfConversions(plan).flatMap((model) =>
    [`credit_${model}`, `amount_${model}`].map((name) => [
      name,
      `reinterpret(${name}, 'Decimal(38, 9)')`,
    ])
  )
  const columns = [
    'date',
    `${harmlessCell('conversion_id')} AS conversion_id`,
    'conversion_time',
    'position',
    'path_length',
    'touch_time',
    ...texts.slice(1).map((name) => `${harmlessCell(name)} AS ${name}`),
    ...figures.map(([name, value]) => `${value} AS ${name}`),
  ]
  return `SELECT ${columns.join(',\n  ')}
FROM (SELECT * FROM (${rowsSql(plan, isLimited)}) ORDER BY ${order})
FORMAT CSVWithNames`
}
