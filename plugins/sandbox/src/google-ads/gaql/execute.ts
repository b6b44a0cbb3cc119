import type { AdDay } from '../../world/ad_days.ts'
import type { Campaign } from '../../world/campaigns.ts'
import type { Account } from '../accounts.ts'
import type { Book } from '../book.ts'
import type { Fact, Sums } from './fields.ts'
import type { Plan } from './resolve.ts'

/** Where the rows come from. */
export interface Source {
  account: Account
  /** The account and those below it, with how far below. */
  tree: [Account, level: number][]
  book: Book | null
  today: number
  now: number
}

/** Facts of one day where the answer is divided by days; else all in one part. */
export interface Part {
  day: number | null
  facts: Fact[]
}

const NOTHING: Sums = {
  impressions: 0,
  clicks: 0,
  costMicros: 0,
  conversions: 0,
  conversionsValue: 0,
}
const cents = (value: number): number => Math.round(value * 100) / 100

const plus = (sums: Sums, row: AdDay): Sums => ({
  impressions: sums.impressions + row.impressions,
  clicks: sums.clicks + row.clicks,
  costMicros: sums.costMicros + row.costMicros,
  conversions: cents(sums.conversions + row.conversions),
  conversionsValue: cents(sums.conversionsValue + row.conversionsValue),
})

type Place = Pick<Fact, 'campaign' | 'group' | 'ad'>

/** What a row of the resource is about; undefined where it has none, as Performance Max has no ads. */
function placeOf({ from }: Plan, { campaign, group, ad }: Required<Place>): Place | undefined {
  if (from === 'customer') return {}
  if (from === 'campaign') return { campaign }
  if (!campaign.hasAds) return undefined
  return from === 'ad_group' ? { campaign, group } : { campaign, group, ad }
}

const keyOf = ({ campaign, group, ad }: Place): string => `${campaign?.id} ${group?.id} ${ad?.id}`

function base({ account, book }: Source): Pick<Fact, 'account' | 'firstDay'> {
  return { account, firstDay: book?.firstDay ?? 0 }
}

function* placesOf(campaigns: readonly Campaign[]): Generator<Required<Place>> {
  for (const campaign of campaigns) {
    for (const group of campaign.groups) {
      for (const ad of group.ads) yield { campaign, group, ad }
    }
  }
}

/** The entities themselves, each once, with nothing spent. */
function structure(plan: Plan, source: Source): Map<string, Fact> {
  const facts = new Map<string, Fact>()
  if (plan.from === 'customer') facts.set(keyOf({}), { ...base(source), sums: NOTHING })
  for (const all of placesOf(source.book?.campaigns ?? [])) {
    const place = placeOf(plan, all)
    if (place !== undefined) facts.set(keyOf(place), { ...base(source), ...place, sums: NOTHING })
  }
  return facts
}

function clients(source: Source): Fact[] {
  return source.tree.map(([account, level]) => ({ ...base(source), client: { account, level } }))
}

function addDay(plan: Plan, source: Source, day: number, facts: Map<string, Fact>): void {
  const dated = { ...base(source), day }
  const parts = plan.segments.map(({ read }) => String(read({ ...dated }))).join(' ')
  for (const row of source.book?.on(day, source.now) ?? []) {
    const place = placeOf(plan, row)
    if (place === undefined) continue
    const key = plan.segments.length > 0 ? `${keyOf(place)} ${parts}` : keyOf(place)
    const known = facts.get(key) ?? { ...dated, ...place, sums: NOTHING }
    facts.set(key, { ...known, sums: plus(known.sums ?? NOTHING, row) })
  }
}

function daysOf({ days }: Plan, { book, today }: Source): { first: number; last: number } {
  const first = book?.firstDay ?? 0
  return {
    first: Math.max(days.from ?? first, first),
    last: book === null ? -1 : Math.min(days.to ?? today, today),
  }
}

/** Divided by something, a row of nothing but zeros does not come. */
const isSomething = (plan: Plan, fact: Fact): boolean =>
  plan.segments.length === 0 ||
  !plan.isMetric ||
  plan.select.some((field) => field.kind === 'metric' && Number(field.read(fact) ?? 0) !== 0)

function accepted(plan: Plan, facts: Iterable<Fact>): Fact[] {
  return [...facts].filter(
    (fact) => isSomething(plan, fact) && plan.filters.every(({ accepts }) => accepts(fact))
  )
}

function ordered({ orderBy }: Plan, facts: Fact[]): Fact[] {
  if (orderBy.length === 0) return facts
  return facts.sort((left, right) => {
    for (const { field, isDescending } of orderBy) {
      const [one, other] = [field.read(left) ?? '', field.read(right) ?? '']
      if (one !== other) return one < other === isDescending ? 1 : -1
    }
    return 0
  })
}

/** All rows day by day, from a day on: memory does not grow with the number of days. */
function* byDay(plan: Plan, source: Source, from: number | null): Generator<Part> {
  const { first, last } = daysOf(plan, source)
  for (let day = Math.max(first, from ?? first); day <= last; day += 1) {
    const facts = new Map<string, Fact>()
    addDay(plan, source, day, facts)
    yield { day, facts: accepted(plan, facts.values()) }
  }
}

function whole(plan: Plan, source: Source): Fact[] {
  if (plan.from === 'customer_client') return clients(source)
  const isDivided = plan.segments.length > 0
  if (!plan.isMetric && !isDivided) return [...structure(plan, source).values()]
  const facts = isDivided ? new Map<string, Fact>() : structure(plan, source)
  const { first, last } = daysOf(plan, source)
  for (let day = first; day <= last; day += 1) addDay(plan, source, day, facts)
  return [...facts.values()]
}

/** @param from day from which to go on, where an answer is divided by days */
export function* execute(plan: Plan, source: Source, from: number | null = null): Generator<Part> {
  const isDaily = plan.segments.some(({ name }) => name === 'segments.date')
  if (isDaily && plan.orderBy.length === 0) yield* byDay(plan, source, from)
  else yield { day: null, facts: ordered(plan, accepted(plan, whole(plan, source))) }
}
