import type { Model } from '#attribution/public'
import { partsOf } from '../catalogue/metrics.ts'
import { partOf } from '../catalogue/parts.ts'
import {
  tableNames,
  type Dimension,
  type Metric,
  type Part,
  type TableName,
} from '../catalogue/types.ts'

/** What knows which touches a model credits. */
const ofTouches: ReadonlySet<TableName> = new Set(['credits', 'credited_items'])

/** Whether a part's rows in the table carry the dimension. */
function knows(part: Part, table: TableName, dimension: Dimension): boolean {
  if (dimension.spendOnly && part.subject === 'orders') return false
  if (dimension.touch && part.subject !== 'spend' && !ofTouches.has(table)) return false
  return dimension.columns[table] !== undefined
}

/** Models that give an order to one touch whole. */
const wholly: ReadonlySet<Model> = new Set(['first_touch', 'last_touch', 'last_non_direct'])

/** Whether a model divides orders among several touches. */
export const divides = (model: Model): boolean => !wholly.has(model)

/** The cheapest table that has the part by all of the dimensions. */
export function chooseTable(part: Part, used: readonly Dimension[]): TableName | undefined {
  return tableNames.find(
    (table) =>
      part.tables[table] !== undefined && used.every((dimension) => knows(part, table, dimension))
  )
}

function whyNot(part: Part, dimension: Dimension): string {
  if (dimension.spendOnly) return 'Touches do not tell the ad group'
  if (dimension.touch && part.subject !== 'spend')
    return 'What is no order that counts has no touches, and no model credits it'
  if (part.subject === 'orders')
    return 'An order has it as a whole; its products have no share of it'
  return 'Ad spend is not recorded by it'
}

/** Spend and orders come from different sources, so no row would hold both. */
const ofOneSource = new Set(['source_type', 'integration_id'])

function mixesSources(metric: Metric): boolean {
  const subjects = partsOf(metric).map((key) => partOf(key).subject)
  return subjects.includes('orders') && subjects.includes('spend')
}

/**
 * Why a metric has no meaning by a dimension, grouped or filtered; undefined where it has.
 */
export function refusal(metric: Metric, dimension: Dimension): string | undefined {
  const refused = metric.refuses?.[dimension.key]
  if (refused !== undefined) return refused
  if (ofOneSource.has(dimension.key) && mixesSources(metric)) {
    return 'Its orders and its ad spend come from different sources, so no source has both'
  }
  const part = partsOf(metric)
    .map(partOf)
    .find((candidate) => chooseTable(candidate, [dimension]) === undefined)
  return part && whyNot(part, dimension)
}

/** Customers are whole and new ones divided: their difference is neither. */
const countsBoth = ({ numerator }: Metric) =>
  'customers' in numerator && 'new_customers' in numerator

/** The same under a model, which may divide orders. */
export function refusalUnder(
  model: Model,
  metric: Metric,
  dimension: Dimension
): string | undefined {
  if (dimension.touch && divides(model) && countsBoth(metric)) {
    return `${model} divides a first order among several touches, but no customer: choose ${[...wholly].join(', ')}`
  }
  return refusal(metric, dimension)
}
