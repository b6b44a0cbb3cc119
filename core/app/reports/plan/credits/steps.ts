import { modelSql } from '../../attribution/sql/model_sql.ts'
import { playersOf } from '../../attribution/sql/names.ts'
import { addLayers, asTheyAre, pick, type Columns } from '../../attribution/sql/steps.ts'
import { ofTouch } from '../../catalogue/dimensions.ts'
import type { TableName } from '../../catalogue/types.ts'
import type { ProjectPlan } from '../types.ts'
import { amountsOf, type Amount } from './amounts.ts'
import { columnsOfTable, conversionsSql } from './conversions.ts'
import { dividedAlong, dividedPart, dividingLayers } from './divided.ts'
import { passed, placeOfTouch } from './place.ts'

const decimal = (nanos: string) => `reinterpret(toInt128(${nanos}), 'Decimal(38, 9)')`
const nanos = (amount: string) => `reinterpret(${amount}, 'Int128')`
const arrayOf = (column: string) => `touch_${column}`

/** Columns of touches that the plan names. */
function touchColumnsOf({ groupings, filters, parts }: ProjectPlan): string[] {
  const named = [...groupings, ...filters].flatMap(({ dimension }) => dimension.touch ?? [])
  const asksForPaid = parts.some(({ part }) => part.key.startsWith('paid_'))
  return [...new Set([...named, ...(asksForPaid ? ['channel'] : [])])]
}

const paid = (columns: readonly string[]): Columns =>
  columns.includes('channel')
    ? { is_paid: `${ofTouch('channel')} IN {paid_channels:Array(String)}` }
    : {}

/** A model that gives all to one touch: a row of credits is a conversion. */
function wholeSteps(table: TableName, plan: ProjectPlan, place: string): string {
  const columns = touchColumnsOf(plan)
  const amounts = amountsOf(plan, table)
  const arrays = columns.map(arrayOf)
  const wholes = amounts.map((amount) => `whole_${amount}`)
  const conversions = conversionsSql(table, plan, ['touch_time', 'touch_is_direct', ...arrays], {
    place,
    ...asTheyAre(...arrays),
  })
  const chosen = pick(conversions, {
    ...columnsOfTable(table),
    ...asTheyAre(...wholes),
    place: 'place',
    ...Object.fromEntries(columns.map((name) => [ofTouch(name), `${arrayOf(name)}[place]`])),
  })
  return pick(chosen, {
    ...columnsOfTable(table),
    ...Object.fromEntries(amounts.map((amount) => [amount, `whole_${amount}`])),
    credit: 'toDecimal128(1, 9)',
    is_touched: 'place > 0',
    ...asTheyAre(...columns.map(ofTouch)),
    ...paid(columns),
  })
}

/**
 * What is divided so that it adds up: net sales as the attribution report divides them, and the refunds
 * are what is left between them and the rest.
 */
function dividedAmounts(amounts: readonly Amount[]): Columns {
  const own = amounts.filter((amount) => amount !== 'refunded')
  const all = amounts.includes('refunded') ? [...new Set([...own, 'gross', 'discount'])] : own
  return {
    ...Object.fromEntries(all.map((amount) => [`${amount}_nanos`, nanos(`whole_${amount}`)])),
    ...(amounts.includes('refunded') && {
      net_nanos: nanos('whole_gross - whole_discount - whole_refunded'),
    }),
  }
}

const partOf = (amount: Amount): string =>
  amount === 'refunded'
    ? ['gross', 'discount', 'net'].map((name) => dividedPart(`${name}_nanos`)).join(' - ')
    : dividedPart(`${amount}_nanos`)

/** Arrays along the touches, by what a step has of them. */
function arraysAlong(columns: readonly string[], { attribution, players }: ProjectPlan): Columns {
  const dimension = attribution.grouping.dimension
  return {
    ...Object.fromEntries(columns.map((name) => [ofTouch(name), arrayOf(name)])),
    player: playersOf(dimension, players?.naming === 'limited'),
    time: 'arrayMap(time -> toUnixTimestamp64Milli(time), touch_time)',
  }
}

const plural = (name: string) => `${name}s`

/**
 * The touches within the window. A conversion without any has one step all the same, which says nothing
 * and has everything: what is unattributed.
 */
function eligibleSteps(table: TableName, plan: ProjectPlan, along: Columns, nano: Columns): string {
  const arrays = Object.fromEntries(Object.entries(along).map(([name, sql]) => [plural(name), sql]))
  const touchArrays = [
    ...new Set([...plan.attribution.grouping.dimension.columns, ...touchColumnsOf(plan)]),
  ].map(arrayOf)
  const own = columnsOfTable(table)
  const names = Object.keys(arrays)
  const conversions = conversionsSql(table, plan, ['touch_time', ...touchArrays], {
    ...arrays,
    passed,
    eligible: `toInt64(length(touch_time)) - ${passed}`,
  })
  const counted = pick(conversions, {
    ...own,
    ...nano,
    ...asTheyAre(...names, 'passed'),
    is_touched: 'eligible > 0',
    steps: 'greatest(eligible, 1)',
  })
  return pick(counted, {
    ...own,
    ...asTheyAre(...Object.keys(nano), 'is_touched', 'steps'),
    ...Object.fromEntries(
      names.map((name) => [name, `arrayResize(arraySlice(${name}, passed + 1), steps)`])
    ),
  })
}

/** A model that divides: a row of credits is a step of a conversion. */
function dividedSteps(table: TableName, plan: ProjectPlan): string {
  const { divided } = modelSql(plan.model)
  if (!divided) throw new Error(`${plan.model} does not divide`)
  const columns = touchColumnsOf(plan)
  const amounts = amountsOf(plan, table)
  const nano = dividedAmounts(amounts)
  const names = Object.keys(nano)
  const along = arraysAlong(columns, plan)
  const layered = addLayers(eligibleSteps(table, plan, along, nano), dividingLayers(names, divided))
  const joined: Columns = {
    ...Object.fromEntries(columns.map((name) => [ofTouch(name), plural(ofTouch(name))])),
    ...dividedAlong(names),
  }
  const apart = Object.entries(joined).map(([name, array]) => `${array} AS ${name}`)
  const step: Columns = {
    ...columnsOfTable(table),
    ...Object.fromEntries(amounts.map((amount) => [amount, decimal(partOf(amount))])),
    credit: decimal('nano_credit'),
    is_touched: 'is_touched',
    ...asTheyAre(...columns.map(ofTouch)),
    ...paid(columns),
  }
  const listed = Object.entries(step).map(([name, sql]) =>
    sql === name ? name : `${sql} AS ${name}`
  )
  return `SELECT ${listed.join(',\n  ')}\nFROM (${layered})\nARRAY JOIN ${apart.join(', ')}`
}

/** Rows of credits, see `tableNames`: what each touch of each conversion is credited with. */
export function creditSteps(table: TableName, plan: ProjectPlan): string {
  const place = placeOfTouch(plan.model)
  return place === undefined ? dividedSteps(table, plan) : wholeSteps(table, plan, place)
}
