import type { Canonical } from '@analyticaflow/sdk'

/** What each integration has delivered last, by kind. */
export interface Facts {
  order: Canonical['order'][]
  refund: Canonical['refund'][]
  deal: Canonical['deal'][]
  customer: Canonical['customer'][]
  touchpoint: Canonical['touchpoint'][]
}

export interface Model {
  byIntegration: Map<string, Facts>
  maxLinks: number
  /** Pairs of names, see `Document`. */
  splits: [string, string][]
}

/** A document in the words of the model: identifiers and documents are known by names such as `email:x`. */
interface Document {
  name: string
  aliases: string[]
  isOwned: boolean
  isTouch: boolean
  linked: string | undefined
}

const aliasesOf = (place: string, row: Record<string, unknown>): string[] =>
  [
    ['customer', row.customerId, place],
    ['contact', row.contactId, place],
    ['email', row.email, ''],
    ['phone', row.phone, ''],
    ['client', row.clientId, ''],
  ]
    .filter(([, value]) => value)
    .map(([type, value, namespace]) => [type, namespace, value].filter(Boolean).join(':'))

const named = (type: string, place: string, id: string) => `${type}:${place}:${id}`

/** The document that a number means: of the own integration, else of the only other one that has it. */
function meant(model: Model, place: string, number: string, isTouch: boolean): string | undefined {
  const has = (other: string, kind: 'order' | 'deal') =>
    model.byIntegration.get(other)?.[kind].some(({ externalId }) => externalId === number) ?? false
  if (has(place, 'order')) return named('order', place, number)
  if (isTouch && has(place, 'deal')) return named('deal', place, number)
  const others = [...model.byIntegration.keys()].filter(
    (other) => other !== place && has(other, 'order')
  )
  return others.length === 1 ? named('order', others[0] ?? '', number) : undefined
}

function documentsOf(model: Model): Document[] {
  return [...model.byIntegration].flatMap(([place, facts]) => {
    const owned = { isOwned: true, isTouch: false, linked: undefined }
    const orders = facts.order.map((row) => ({
      ...owned,
      name: named('order', place, row.externalId),
      aliases: aliasesOf(place, row),
    }))
    const refunds = facts.refund.map((row) => {
      const aliases = aliasesOf(place, row)
      const order = named('order', place, row.orderId ?? '')
      const isTold = aliases.length > 0 || !orders.some(({ name }) => name === order)
      return {
        ...owned,
        name: named('refund', place, row.externalId),
        aliases,
        linked: isTold ? undefined : order,
      }
    })
    const deals = facts.deal.map((row) => ({
      ...owned,
      name: named('deal', place, row.externalId),
      aliases: aliasesOf(place, row),
      linked: row.orderId ? meant(model, place, row.orderId, false) : undefined,
    }))
    const customers = facts.customer.map((row) => ({
      ...owned,
      isOwned: false,
      name: named('record', place, row.externalId),
      aliases: aliasesOf(place, { ...row, customerId: row.externalId }),
    }))
    const touches = facts.touchpoint.map((row) => ({
      name: named('touch', place, row.externalId),
      aliases: aliasesOf(place, row),
      isOwned: Boolean(row.orderId),
      isTouch: true,
      linked: row.orderId ? meant(model, place, row.orderId, true) : undefined,
    }))
    return [...orders, ...refunds, ...deals, ...customers, ...touches]
  })
}

function tooCommon(documents: readonly Document[], maxLinks: number): Set<string> {
  const others = new Map<string, Set<string>>()
  for (const { aliases } of documents)
    for (const alias of aliases)
      others.set(
        alias,
        new Set([...(others.get(alias) ?? []), ...aliases.filter((other) => other !== alias)])
      )
  return new Set([...others].filter(([, found]) => found.size > maxLinks).map(([alias]) => alias))
}

/** Sets of names; joining makes two of them one. */
class Sets {
  readonly #of = new Map<string, Set<string>>()

  of(name: string): Set<string> {
    const known = this.#of.get(name) ?? new Set([name])
    this.#of.set(name, known)
    return known
  }

  join(one: string, other: string): void {
    const [into, from] = [this.of(one), this.of(other)]
    if (into === from) return
    for (const name of from) {
      into.add(name)
      this.#of.set(name, into)
    }
  }
}

type Apart = (one: string, other: string) => boolean

/** Identifiers of a document by the persons that it speaks of: who was split is not one of them. */
function groupsOf(aliases: readonly string[], apart: Apart): string[][] {
  const groups: string[][] = []
  for (const alias of aliases) {
    const group = groups.find((others) => others.every((other) => !apart(alias, other)))
    if (group) group.push(alias)
    else groups.push([alias])
  }
  return groups
}

/** What a document joins, as pairs of names. */
function pairsOf(
  document: Document,
  common: ReadonlySet<string>,
  apart: Apart
): [string, string][] {
  const { name, aliases, isOwned, linked } = document
  const groups = groupsOf(aliases, apart).map((group) =>
    group.filter((alias) => !common.has(alias))
  )
  const within = groups.flatMap(([first = '', ...rest]) =>
    rest.map((alias): [string, string] => [first, alias])
  )
  if (!isOwned) return within
  const owner = aliases.find((alias) => !common.has(alias) && !apart(alias, name))
  const named = linked !== undefined && apart(linked, name) ? undefined : linked
  const own = [owner, named].flatMap((other): [string, string][] => (other ? [[name, other]] : []))
  return [...within, ...own]
}

/** Everybody's set, by name, and the names of which anything is known. */
function personsOf(model: Model) {
  const documents = documentsOf(model)
  const common = tooCommon(documents, model.maxLinks)
  const apart: Apart = (one, other) =>
    model.splits.some((pair) => pair.includes(one) && pair.includes(other))
  const sets = new Sets()
  for (const document of documents)
    for (const [one, other] of pairsOf(document, common, apart)) sets.join(one, other)
  const telling = documents.filter(({ isTouch, aliases }) => isTouch || aliases.length > 0)
  const known = new Set(telling.flatMap(({ name, aliases }) => [name, ...aliases]))
  return { sets, known }
}

/** Orders and refunds with a letter for each person, in the order of their names. */
export function expectedOrders(model: Model): Record<string, string> {
  const { sets, known } = personsOf(model)
  const isKnown = (set: Set<string>) => [...set].some((name) => known.has(name))
  const orders = [...model.byIntegration].flatMap(([place, facts]) =>
    facts.order.map((row) => ({
      label: `${row.externalId}@${place}`,
      set: sets.of(named('order', place, row.externalId)),
      at: row.isCancelled ? '' : String(row.at),
    }))
  )
  const refunds = [...model.byIntegration].flatMap(([place, facts]) =>
    facts.refund.map((row) => ({
      label: `refund of ${row.orderId ?? ''}@${place}`,
      set: sets.of(named('refund', place, row.externalId)),
      at: '',
    }))
  )
  const all = [...orders, ...refunds].sort((a, b) => (a.label < b.label ? -1 : 1))
  const letters = new Map<Set<string>, string>()
  return Object.fromEntries(
    all.map(({ label, set, at }) => {
      if (!isKnown(set)) return [label, 'nobody']
      const letter = letters.get(set) ?? String.fromCharCode(65 + letters.size)
      letters.set(set, letter)
      const isFirst =
        at !== '' && !orders.some((other) => other.set === set && other.at !== '' && other.at < at)
      return [label, `${letter}${isFirst ? ' new' : ''}`]
    })
  )
}
