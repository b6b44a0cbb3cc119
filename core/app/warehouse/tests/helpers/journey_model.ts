import type { Canonical } from '@analyticaflow/sdk'

/** What three sources of a project have delivered last. */
export interface World {
  touchpoint: Canonical['touchpoint'][]
  order: Canonical['order'][]
  deal: Canonical['deal'][]
}

export interface ExpectedJourney {
  goal: string
  id: string
  channels: string[]
}

interface Named {
  customerId?: string | null | undefined
  contactId?: string | null | undefined
  clientId?: string | null | undefined
  email?: string | null | undefined
}

const identifiersOf = (row: Named): string[] =>
  [
    ['customer', row.customerId],
    ['contact', row.contactId],
    ['email', row.email],
    ['client', row.clientId],
  ].flatMap(([kind, value]) => (value ? [`${kind}:${value}`] : []))

/** Groups of names that belong together, each by its first. */
class Groups {
  readonly #parents = new Map<string, string>()

  find(name: string): string {
    const parent = this.#parents.get(name)
    return parent === undefined ? name : this.find(parent)
  }

  join(names: readonly string[]): void {
    const [first, ...rest] = names.map((name) => this.find(name))
    for (const other of rest) if (first && other !== first) this.#parents.set(other, first)
  }
}

function groupsOf({ touchpoint, order, deal }: World): Groups {
  const groups = new Groups()
  for (const row of touchpoint) groups.join(identifiersOf(row))
  for (const row of order) groups.join([`order:${row.externalId}`, ...identifiersOf(row)])
  const known = new Set(order.map(({ externalId }) => externalId))
  for (const row of deal) {
    const named = row.orderId && known.has(row.orderId) ? [`order:${row.orderId}`] : []
    groups.join([`deal:${row.externalId}`, ...identifiersOf(row), ...named])
  }
  return groups
}

const WINDOW = 90 * 86_400_000

/** Journeys as they follow from the rows alone. */
export function expectedJourneys(world: World): ExpectedJourney[] {
  const groups = groupsOf(world)
  const touches = world.touchpoint.map((row, index) => {
    const [one = `touch:${index}`] = [
      row.customerId && `customer:${row.customerId}`,
      row.clientId && `client:${row.clientId}`,
      row.email && `email:${row.email}`,
    ].filter(Boolean) as string[]
    return { person: groups.find(one), time: Date.parse(row.at), channel: row.channel ?? '' }
  })
  const pathOf = (document: string, at: string, own: string) => {
    const time = Date.parse(at)
    const channels = touches
      .filter((touch) => touch.person === groups.find(document))
      .filter((touch) => touch.time <= time && touch.time >= time - WINDOW)
      .sort((one, other) => one.time - other.time)
      .map(({ channel }) => channel)
    return channels.length === 0 && own ? [own] : channels
  }
  const orders = world.order.map((row) => ({
    goal: Number(row.total.amount) === 0 ? 'zero_order' : 'order',
    id: row.externalId,
    channels: pathOf(`order:${row.externalId}`, row.at, row.utmMedium ? 'Email' : ''),
  }))
  const deals = world.deal.flatMap((row) => {
    const of = (goal: string, at: string) => ({
      goal,
      id: row.externalId,
      channels: pathOf(`deal:${row.externalId}`, at, ''),
    })
    return [of('deal', row.at), ...(row.won ? [of('deal_won', row.closedAt ?? row.at)] : [])]
  })
  return [...orders, ...deals]
}
