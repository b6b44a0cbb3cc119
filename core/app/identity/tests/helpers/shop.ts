import type { Canonical } from '@analyticaflow/sdk'
import {
  dirtyEverything,
  inSlices,
  openCommit,
  publishedVersion,
  rows,
  versionParams,
  type IdentitySettings,
  type RefreshSettings,
  type StoredKindName,
} from '#warehouse/public'
import { makeProject } from '#tests/factories'
import { deliver, refreshPersons } from '../../../warehouse/tests/helpers/publishing.ts'

type Rows = { [K in StoredKindName]?: Canonical[K][] }

/** The shop, its CRM and another shop; or files, which share the ids of orders and deals. */
const PLACES = ['1', '2', '3']

/** An identifier or a document by what people call it; `place` is its integration. */
export interface Named {
  type: 'customer' | 'email' | 'client' | 'order' | 'deal'
  place?: string
  value: string
}

const expressions: Readonly<Record<Named['type'], string>> = {
  customer: `cityHash64('customer', {namespace:String}, {value:String})`,
  email: `cityHash64('email', substring(lower(hex(SHA256(concat('pepper', {value:String})))), 1, 32))`,
  client: `cityHash64('client', {value:String})`,
  order: `cityHash64({namespace:String}, 'order', {value:String})`,
  deal: `cityHash64('deal', {namespace:String}, {value:String})`,
}

/** The key that the warehouse knows it by. */
async function keyOf({ type, place = '', value }: Named): Promise<string> {
  const params = { namespace: `integration:${place}`, value }
  const [found] = await rows<{ key: string }>(`SELECT ${expressions[type]} AS key`, params)
  return String(found?.key)
}

/** A project whose documents a test sets one by one. */
export class Shop {
  readonly id: string
  identity: IdentitySettings = { maxLinks: 100, splits: [], changedSplits: [], everything: false }

  readonly #areFiles: boolean
  /** Integrations in the order of their last publication. */
  #published = PLACES

  constructor(id: string, areFiles: boolean) {
    this.id = id
    this.#areFiles = areFiles
  }

  static async open(options: { areFiles?: boolean } = {}): Promise<Shop> {
    const { id } = await makeProject()
    return new Shop(id, options.areFiles ?? false)
  }

  get settings(): RefreshSettings {
    const sources = PLACES.map((integrationId) => ({
      integrationId,
      sourceType: 'test',
      namespace: this.#areFiles ? 'files' : `integration:${integrationId}`,
      rank: this.#published.indexOf(integrationId) + 1,
    }))
    return { timezone: 'UTC', currency: 'EUR', sources, identity: this.identity }
  }

  /** Replaces all that an integration has of these kinds. */
  async set(integrationId: string, kinds: Rows): Promise<void> {
    for (const kind of Object.keys(kinds) as StoredKindName[])
      await this.#deliver(integrationId, kind, kinds)
  }

  async #deliver(integrationId: string, kind: StoredKindName, kinds: Rows): Promise<void> {
    this.#published = [...this.#published.filter((other) => other !== integrationId), integrationId]
    const key = (row: object) =>
      'externalId' in row ? String(row.externalId) : JSON.stringify(row)
    const delivery = { projectId: this.id, integrationId, kind, rows: kinds[kind] ?? [], key }
    await deliver(delivery, this.settings, refreshPersons)
    this.identity = { ...this.identity, changedSplits: [] }
  }

  /** Says that two are not one person, and lets persons follow. */
  async split(one: Named, other: Named): Promise<void> {
    const pair = await Promise.all([keyOf(one), keyOf(other)])
    const { splits } = this.identity
    this.identity = { ...this.identity, splits: [...splits, pair], changedSplits: [pair] }
    await this.settle()
  }

  /** Undoes the last split. */
  async join(): Promise<void> {
    const { splits } = this.identity
    this.identity = {
      ...this.identity,
      splits: splits.slice(0, -1),
      changedSplits: splits.slice(-1),
    }
    await this.settle()
  }

  /** Publishes what the settings have become. */
  async settle(everything = false): Promise<void> {
    const version = await openCommit({
      projectId: this.id,
      integrationId: null,
      runId: null,
      cause: 'rebuild',
    })
    if (everything) await dirtyEverything(version)
    await refreshPersons(version, { ...this.settings, everything }, '0')
    this.identity = { ...this.identity, changedSplits: [], everything: false }
  }

  /** Orders and refunds by number, with a letter for each person in the order of the numbers. */
  async orders(): Promise<Record<string, string>> {
    const letters = new Map<string, string>()
    const found = await rows<{ name: string; customer_key: string; is_new: boolean }>(
      `SELECT concat(if(kind = 'order', '', 'refund of '), order_id, '@', toString(integration_id)) AS name, customer_key, is_new
       FROM order_facts WHERE ${inSlices('orders')} ORDER BY name`,
      versionParams(await publishedVersion(this.id))
    )
    return Object.fromEntries(
      found.map(({ name, customer_key: key, is_new: isNew }) => {
        if (key !== '0' && !letters.has(key))
          letters.set(key, String.fromCharCode(65 + letters.size))
        return [name, `${letters.get(key) ?? 'nobody'}${isNew ? ' new' : ''}`]
      })
    )
  }

  /** Rows of `persons` as they stand. */
  async persons() {
    return rows<{
      alias_key: string
      person_key: string
      is_blocked: boolean
      is_anonymous: boolean
    }>(
      `SELECT alias_key, person_key, is_blocked, is_anonymous FROM (
         SELECT * FROM persons WHERE project_id = {project_id:UInt64}
         ORDER BY alias_key, commit_id DESC LIMIT 1 BY alias_key
       ) WHERE NOT is_deleted ORDER BY alias_key`,
      versionParams(await publishedVersion(this.id))
    )
  }

  /** Customers of the orders that count. */
  async customers(): Promise<Set<string>> {
    const found = await rows<{ customer_key: string }>(
      `SELECT DISTINCT customer_key FROM order_facts WHERE ${inSlices('orders')} AND customer_key != 0`,
      versionParams(await publishedVersion(this.id))
    )
    return new Set(found.map(({ customer_key: key }) => key))
  }

  /** Keys of identifiers that join nobody. */
  async blocked(): Promise<string[]> {
    const persons = await this.persons()
    return persons.filter((row) => row.is_blocked).map((row) => row.alias_key)
  }

  /** Rows that all commits have written so far. */
  async written(): Promise<{ documents: number; links: number; persons: number }> {
    const count = async (table: string) => {
      const [found] = await rows<{ n: string }>(
        `SELECT count() AS n FROM ${table} WHERE project_id = {project_id:UInt64}`,
        { project_id: this.id }
      )
      return Number(found?.n)
    }
    return {
      documents: await count('identity_documents'),
      links: await count('identity_links'),
      persons: await count('persons'),
    }
  }
}

export const order = (
  externalId: string,
  day: number,
  person: Partial<Canonical['order']> = {}
): Canonical['order'] => ({
  externalId,
  at: `2024-03-${String(day).padStart(2, '0')}T10:00:00Z`,
  total: { amount: '10', currency: 'EUR' },
  ...person,
})

export const deal = (
  externalId: string,
  day: number,
  more: Partial<Canonical['deal']>
): Canonical['deal'] => ({
  externalId,
  at: `2024-03-${String(day).padStart(2, '0')}T09:00:00Z`,
  ...more,
})
