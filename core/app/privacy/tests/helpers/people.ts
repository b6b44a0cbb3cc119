import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import type { Group } from '@japa/runner/core'
import { createRun, Integration, loadSources, uploads } from '#connections/public'
import { runIntegration } from '#ingestion/run_integration'
import { projectSalt } from '#identity/public'
import { api } from '#tests/api'
import { makeProject } from '#tests/factories'
import { inSlices, publishedVersion, rows, versionParams } from '#warehouse/public'
import { carryOutRequest } from '../../carry_out.ts'
import type { StallOrder } from '../fixtures/stall/index.ts'

/** Installs the source of the fixture for the tests of a group. */
export function useStall(group: Group): void {
  const before = process.env.AF_PLUGINS
  group.setup(async () => {
    process.env.AF_PLUGINS = join(import.meta.dirname, '../fixtures/stall')
    await loadSources()
  })
  group.teardown(async () => {
    if (before === undefined) delete process.env.AF_PLUGINS
    else process.env.AF_PLUGINS = before
    await loadSources()
  })
}

const specs = {
  lines: {
    kind: 'order_lines',
    columns: Object.fromEntries(
      ['order_id', 'ordered_at', 'quantity', 'unit_price', 'customer_id', 'email', 'phone']
        .concat(['client_id', 'country', 'utm_source', 'utm_medium', 'utm_campaign', 'refund_of'])
        .map((name) => [name, name])
    ),
    constants: { currency: 'EUR' },
    rules: [{ when: { column: 'order_id', starts_with: 'C' }, as: 'refund' }],
  },
  visits: {
    kind: 'touchpoints',
    columns: Object.fromEntries(
      ['occurred_at', 'client_id', 'customer_id', 'source', 'medium', 'campaign']
        .concat(['click_id', 'referrer', 'landing_page', 'order_id'])
        .map((name) => [name, name])
    ),
  },
  deals: {
    kind: 'deals',
    columns: Object.fromEntries(
      ['deal_id', 'created_at', 'contact_id', 'email', 'phone', 'order_id', 'won', 'amount'].map(
        (name) => [name, name]
      )
    ),
    constants: { currency: 'EUR' },
  },
  customers: {
    kind: 'customers',
    columns: Object.fromEntries(
      ['customer_id', 'email', 'phone', 'client_id', 'country', 'city'].map((name) => [name, name])
    ),
  },
} as const
export type FileKind = keyof typeof specs

/** A project with files, and a stall whose orders are polled. */
export class People {
  readonly id: string
  readonly owner: Awaited<ReturnType<typeof makeProject>>['owner']
  readonly project: Awaited<ReturnType<typeof makeProject>>['project']
  readonly #folder = mkdtempSync(join(tmpdir(), 'af-stall-'))
  #stall: Integration | undefined

  private constructor(made: Awaited<ReturnType<typeof makeProject>>) {
    this.id = made.id
    this.owner = made.owner
    this.project = made.project
  }

  static async open(): Promise<People> {
    const made = await makeProject({ currency: 'EUR', timezone: 'UTC' })
    // Databases of other groups have had a project with this number, too.
    await uploads.removeProject(made.project.id)
    return new People(made)
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }

  get api() {
    return api(this.owner)
  }

  /** Sends a file without waiting for a worker. */
  async send(
    kind: FileKind,
    lines: readonly string[],
    name: string = kind,
    fileName = `${name}.csv`
  ): Promise<string> {
    const raw = new FormData()
    raw.append('spec', JSON.stringify({ ...specs[kind], name }))
    raw.append('file', new Blob([`${lines.join('\n')}\n`]), fileName)
    const path = `/projects/${this.id}/imports`
    const { body } = await this.api.post<{ data: { run_id: string } }>(path, undefined, { raw })
    return body.data.run_id
  }

  async import(...file: Parameters<People['send']>): Promise<void> {
    await this.carryOn(await this.send(...file))
  }

  async carryOn(runId: string): Promise<void> {
    await runIntegration(runId, new AbortController().signal)
    const run = (await db.from('sync_runs').where('id', runId).firstOrFail()) as {
      status: string
      error: unknown
    }
    if (run.status !== 'done')
      throw new Error(`The run is ${run.status}: ${JSON.stringify(run.error)}`)
  }

  async poll(orders: readonly StallOrder[], params: { full?: boolean } = {}): Promise<void> {
    const state = join(this.#folder, 'orders.json')
    writeFileSync(state, JSON.stringify(orders))
    this.#stall ??= await Integration.create({
      projectId: this.project.id,
      type: 'stall',
      name: 'Stall',
      settings: { state },
      status: 'pending',
    })
    const stall = this.#stall
    await this.carryOn((await db.transaction((trx) => createRun(trx, stall, 'manual', params))).id)
  }

  /** Asks for an erasure; the job is carried out by the test. */
  async askErasure(alias: Record<string, unknown>): Promise<string> {
    const { status, body } = await this.api.post<{ data: { id: string } }>(
      `/projects/${this.id}/privacy/erasures`,
      { alias, confirm: alias.value }
    )
    if (status !== 202) throw new Error(`Answered ${status}: ${JSON.stringify(body)}`)
    return body.data.id
  }

  async erase(alias: Record<string, unknown>): Promise<void> {
    await carryOutRequest(await this.askErasure(alias))
  }

  /** What reports say, by day and whatever else they group by. */
  async totals() {
    const version = await publishedVersion(this.id)
    const ask = (sql: string) => rows<Record<string, unknown>>(sql, versionParams(version))
    return {
      kpi: await ask(`
        SELECT date, channel, source, medium, campaign, country, sum(orders) AS orders, sum(new_customers) AS new,
          sum(gross) AS gross, sum(discount) AS discount, sum(refunded_by_order_date) AS refunded,
          sum(refunded_by_refund_date) AS refunded_on, sum(tax) AS tax, sum(cost) AS cost
        FROM daily_kpi WHERE ${inSlices('kpi')}
        GROUP BY ALL HAVING orders != 0 OR gross != 0 OR refunded != 0 OR refunded_on != 0 ORDER BY ALL`),
      customers: await ask(`
        SELECT date, uniqExactIf(customer_key, customer_key != 0 AND is_counted) AS customers, countIf(is_new) AS new, count() AS n
        FROM order_facts WHERE ${inSlices('orders')} GROUP BY date ORDER BY date`),
      people: await ask(`
        SELECT uniqExactIf(customer_key, customer_key != 0 AND is_counted) AS customers FROM order_facts WHERE ${inSlices('orders')}`),
      touches: await ask(`
        SELECT date, channel, source, medium, campaign, landing_page, count() AS n, uniqExact(alias_key) AS visitors
        FROM touch WHERE ${inSlices('touch')} GROUP BY ALL ORDER BY ALL`),
      journeys: await ask(`
        SELECT date, goal, event_time, gross, refunded, is_new, touch_time, touch_channel, touch_source, touch_campaign, touch_landing_page
        FROM journeys WHERE ${inSlices('journeys')} ORDER BY ALL`),
      events: await ask(`
        SELECT event_date, event_type, source, country, sum(revenue) AS revenue, sum(transactions) AS n
        FROM events FINAL WHERE project_id = {project_id:UInt64} GROUP BY ALL ORDER BY ALL`),
    }
  }

  /** Salted hash of an e-mail address or a phone number, as the warehouse keeps it. */
  async hashOf(normalised: string): Promise<string> {
    const [row] = await rows<{ hash: string }>(
      `SELECT substring(lower(hex(SHA256(concat({salt:String}, {text:String})))), 1, 32) AS hash`,
      { salt: await projectSalt(this.id), text: normalised }
    )
    return row?.hash ?? ''
  }
}
