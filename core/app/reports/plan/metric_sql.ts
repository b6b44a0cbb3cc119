import type { Aggregate, Metric, Terms } from '../catalogue/types.ts'
import { columnOf } from './source_sql.ts'
import type { PlannedPart } from './types.ts'

const ordersPerCustomer = (column: string) => {
  const pairs = `groupUniqArrayIf(${column}, ${column}.1 != 0)`
  return `tupleElement(arrayReduce('sumMap', arrayMap(pair -> [pair.1], ${pairs}), arrayMap(pair -> [1], ${pairs})), 2)`
}

const aggregates: Record<Aggregate, (column: string) => string> = {
  amount: (column) => `sum(${column})`,
  count: (column) => `sum(${column})`,
  keys: (column) => `uniqExactIf(${column}, ${column} != 0)`,
  texts: (column) => `uniqExactIf(${column}, ${column} != '')`,
  repeaters: (column) => `arrayCount(orders -> orders > 1, ${ordersPerCustomer(column)})`,
}

/** SQL of a metric over the groups that the sources' rows form. */
export function metricSql(metric: Metric, parts: readonly PlannedPart[]): string {
  const aggregate = (key: string): string => {
    const planned = parts.find(({ part }) => part.key === key)
    if (!planned) throw new Error(`The plan does not read ${key}`)
    return aggregates[columnOf(planned).aggregate](`p_${key}`)
  }
  const sum = (terms: Terms): string =>
    Object.entries(terms)
      .map(([key, sign], index) => {
        const operator = sign === 1 ? ' + ' : ' - '
        return `${index === 0 ? operator.trim().replace('+', '') : operator}${aggregate(key)}`
      })
      .join('')

  const figure = figureSql(metric, sum)
  if (!metric.condition) return figure
  const value = aggregate(metric.condition.part)
  const fails = metric.condition.holds === 'not_zero' ? `${value} = 0` : `${value} > 1`
  return `if(${fails}, NULL, ${figure})`
}

function figureSql(metric: Metric, sum: (terms: Terms) => string): string {
  const numerator = `toFloat64(${sum(metric.numerator)})`
  if (!metric.denominator) return numerator
  const scaled = metric.factor === undefined ? numerator : `${metric.factor} * ${numerator}`
  const denominator = sum(metric.denominator)
  const atZero = metric.atZero === undefined ? 'NULL' : String(metric.atZero)
  // Decimals are divided as floats: their own division truncates.
  return `if(${denominator} = 0, ${atZero}, ${scaled} / toFloat64(${denominator}))`
}
