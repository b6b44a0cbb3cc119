import { NOT_SET, OTHER } from '#attribution/public'
import { harmlessCell } from '#warehouse/public'
import type { AttributionPlan } from '../plan.ts'
import { whole } from './apportioned.ts'
import { amountOf, fromSteps, modelsOfConversions, type Naming } from './credits_statement.ts'
import { eligibleConversions } from './eligible.ts'
import { modelSql } from './model_sql.ts'
import { showsUnattributed } from './shown.ts'
import { asTheyAre, type Columns } from './steps.ts'

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

const told = (column: string) => `its_${column}`

const along: Columns = {
  ...Object.fromEntries(touchColumns.map((column) => [told(column), `touch_${column}`])),
  happened: 'touch_time',
}

/** A player as it is shown: of different spellings the touch's own, where no ad account has one. */
function shownPlayer({ grouping }: AttributionPlan): string {
  const { label } = grouping.dimension
  if (!label) return 'toString(player)'
  const shown = label.shown('player', 'own_label')
  return `if(player IN ('${NOT_SET}', '${OTHER}'), toString(player), ${shown})`
}

const conversion = asTheyAre('date', 'conversion_key', 'conversion_id')

/** Each step that is shown. */
function ofTouched(plan: AttributionPlan, naming: Naming): string {
  const figures = modelsOfConversions(plan).flatMap((model) => {
    const { credit, amount } = modelSql(model)
    return [`toInt128(${credit}) AS credit_${model}`, `toInt128(${amount}) AS amount_${model}`]
  })
  const columns = [
    ...Object.keys(conversion),
    'event_time AS conversion_time',
    'place AS position',
    'steps AS path_length',
    'happened AS touch_time',
    `${shownPlayer(plan)} AS player`,
    ...touchColumns.map((column) => `nullIf(toString(${told(column)}), '') AS ${column}`),
    ...figures,
  ]
  const own = { ...conversion, ...asTheyAre('event_time') }
  return `SELECT ${columns.join(',\n  ')}
${fromSteps(plan, naming, { own, along, selected: columns })}`
}

/** Each conversion without any: all of it is unattributed. */
function ofUntouched(plan: AttributionPlan): string {
  const figures = modelsOfConversions(plan).flatMap((model) => [
    `toInt128(${whole}) AS credit_${model}`,
    `amount AS amount_${model}`,
  ])
  const columns = [
    ...Object.keys(conversion),
    'event_time AS conversion_time',
    '1 AS position',
    'steps AS path_length',
    ...['touch_time', 'player', ...touchColumns].map((column) => `NULL AS ${column}`),
    ...figures,
  ]
  const own = { ...conversion, ...asTheyAre('event_time'), amount: amountOf(plan) }
  return `SELECT ${columns.join(',\n  ')}
FROM (${eligibleConversions(plan, own, {})})
WHERE steps = 0 AND ${showsUnattributed(plan)}`
}

const rowsSql = (plan: AttributionPlan, naming: Naming): string =>
  `${ofTouched(plan, naming)}\nUNION ALL\n${ofUntouched(plan)}`

const order = 'date, conversion_key, position'
const further = `WHERE (${order}) > ({after_date:Date}, {after_key:UInt64}, {after_position:Int64})`

/** A page of the credits; where it goes on, it begins after the row that is bound. */
export function creditRowsStatement(
  plan: AttributionPlan,
  naming: Naming,
  goesOn: boolean
): string {
  return `SELECT * FROM (${rowsSql(plan, naming)})
${goesOn ? further : ''}
ORDER BY ${order}
LIMIT {rows:UInt32}`
}

const texts = ['conversion_id', 'player', ...touchColumns]

/** All credits as CSV; amounts and credits with all their places. */
export function creditFileStatement(plan: AttributionPlan, naming: Naming): string {
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
FROM (SELECT * FROM (${rowsSql(plan, naming)}) ORDER BY ${order})
FORMAT CSVWithNames`
}
