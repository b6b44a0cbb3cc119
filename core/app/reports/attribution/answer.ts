import { fromNanos, WHOLE, type Model } from '#attribution/public'
import type { Found } from './compute.ts'
import { entriesOf, type Entry } from './entries.ts'
import { sumUp, type Credited, type Sums } from './figures.ts'
import type { AttributionPlan } from './plan.ts'
import type { AttributionReport } from './schemas.ts'
import { modelsOfConversions } from './sql/credits_statement.ts'
import { noSpend } from './sql/spend_statement.ts'

type DataRow = AttributionReport['data'][number]
type ModelView = NonNullable<DataRow['models'][Model]>

/** The number that is nearest to nano-units. */
export const toNumber = (nanos: bigint): number => Number(fromNanos(nanos))

const ratio = (numerator: bigint, denominator: bigint): number | null =>
  denominator === 0n ? null : Number(numerator) / Number(denominator)

const nothing = { conversions: 0n, revenue: 0n }
const uncredited: Credited = { ...nothing, paid: nothing, newCustomers: 0n }

const noCosts = 'No product costs are known'

/** Margin means something once the cost of anything is known. */
const isUnknown = ({ value }: AttributionPlan, { cogs }: Sums) => value === 'margin' && cogs === 0n

function modelView(
  { conversions, revenue, paid, newCustomers }: Credited,
  cost: bigint | null,
  { totals }: Sums
): ModelView {
  return {
    conversions: toNumber(conversions),
    revenue: toNumber(revenue),
    share: ratio(conversions, totals.conversions),
    new_customers: toNumber(newCustomers),
    roas: cost === null ? null : ratio(paid.revenue, cost),
    // Both are billionths, of the currency and of a conversion.
    cpa: cost === null ? null : ratio(cost, paid.conversions),
  }
}

/** Nothing that rests on amounts is known. */
const withoutAmounts = (view: ModelView): ModelView => ({ ...view, revenue: null, roas: null })

function disagreementOf(views: readonly ModelView[]): DataRow['disagreement'] {
  const shares = views.flatMap(({ share }) => share ?? [])
  if (shares.length === 0) return { min_share: null, max_share: null }
  return { min_share: Math.min(...shares), max_share: Math.max(...shares) }
}

function rowOf(plan: AttributionPlan, sums: Sums, { label, cost, models }: Entry): DataRow {
  const views = plan.models.map((model) => {
    const view = modelView(models.get(model) ?? uncredited, cost, sums)
    return [model, isUnknown(plan, sums) ? withoutAmounts(view) : view] as const
  })
  return {
    [plan.grouping.name]: label,
    cost: cost === null ? null : toNumber(cost),
    models: Object.fromEntries(views),
    disagreement: disagreementOf(views.map(([, view]) => view)),
  }
}

/** Of all rows together, what touches of paid channels are credited with against what all of them cost. */
function paidTotals(plan: AttributionPlan, sums: Sums, entries: readonly Entry[], cost: bigint) {
  const known = new Set(modelsOfConversions(plan))
  return plan.models.map((model) => {
    // Markov as published divides everything at once: which part is paid, it does not say.
    if (!known.has(model)) return [model, { roas: null, cpa: null }] as const
    const paid = entries.flatMap(({ models }) => models.get(model)?.paid ?? [])
    const revenue = paid.reduce((sum, figures) => sum + figures.revenue, 0n)
    const conversions = paid.reduce((sum, figures) => sum + figures.conversions, 0n)
    const roas = isUnknown(plan, sums) ? null : ratio(revenue, cost)
    return [model, { roas, cpa: ratio(cost, conversions) }] as const
  })
}

function totalsOf(plan: AttributionPlan, sums: Sums, entries: readonly Entry[]) {
  const costs = entries.flatMap(({ cost }) => cost ?? [])
  const cost = costs.reduce((sum, own) => sum + own, 0n)
  const hasCosts = noSpend(plan) === undefined
  return {
    models: hasCosts ? Object.fromEntries(paidTotals(plan, sums, entries, cost)) : {},
    conversions: toNumber(sums.totals.conversions),
    revenue: isUnknown(plan, sums) ? null : toNumber(sums.totals.revenue),
    new_customers: toNumber(sums.newCustomers),
    cost: hasCosts ? toNumber(cost) : null,
  }
}

/** Why figures of the answer are null. */
function nullsOf(plan: AttributionPlan, sums: Sums): Record<string, string> {
  const unspent = noSpend(plan)
  const missing = isUnknown(plan, sums)
  return {
    ...(unspent !== undefined && { cost: unspent, cpa: unspent }),
    ...(unspent === undefined && { cpa: 'Touches of paid channels are credited with nothing' }),
    ...(missing && { revenue: noCosts }),
    roas: (missing ? noCosts : unspent) ?? 'There is no ad spend',
    ...(sums.totals.conversions === 0n && { share: 'There are no conversions' }),
  }
}

/** Paths that a data-driven model ought to have: what ad platforms have asked for, too. */
const ENOUGH_PATHS = 300

function warningsOf({ models }: AttributionPlan, paths: number) {
  const fitted = models.filter((model) => model === 'markov' || model === 'shapley')
  if (paths >= ENOUGH_PATHS) return []
  return fitted.map((model) => ({
    code: 'thin_data' as const,
    model,
    paths,
    message: `${paths} conversions with touches are few: below ${ENOUGH_PATHS} this model says little more than linear`,
  }))
}

/** The figures of the answer. */
export function answerOf(plan: AttributionPlan, found: Found, paidChannels: readonly string[]) {
  const sums = sumUp(plan, found, paidChannels)
  const spend = noSpend(plan) === undefined ? found.spend : undefined
  const entries = entriesOf(sums.players, spend)
  const paths = Number(sums.touched.conversions / WHOLE)
  return {
    data: entries.map((entry) => rowOf(plan, sums, entry)),
    totals: totalsOf(plan, sums, entries),
    meta: {
      paths,
      paths_without_conversion: found.fit.nullPaths,
      conversions_without_touch: Number(sums.totals.conversions / WHOLE) - paths,
      warnings: warningsOf(plan, paths),
      nulls: nullsOf(plan, sums),
    },
  }
}
