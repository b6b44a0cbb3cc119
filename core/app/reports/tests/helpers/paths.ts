import db from '@adonisjs/lucid/services/db'
import { api, type ApiResponse } from '#tests/api'
import { makeProject, type TestAccount } from '#tests/factories'
import {
  clickhouse,
  openCommit,
  publishCommit,
  rebuildJourneys,
  rebuildPaths,
  type RefreshSettings,
  type Version,
} from '#warehouse/public'
import { DateTime } from 'luxon'
import type { JourneysReport } from '../../journeys/schemas.ts'

/** A touch as `touch` has it; what is left out is unknown. */
export interface Visit {
  /** The alias that it was made under; a person of one alias has its number. */
  alias: number
  /** ISO 8601. */
  at: string
  key: number
  channel?: string
  source?: string
  medium?: string
  campaign?: string
  kind?: 'touchpoint' | 'session'
}

export interface Sale {
  id: string
  /** 0: nobody is known for it. */
  person: number
  at: string
  gross: string
  isNew?: boolean
  country?: string
  state?: 'valid' | 'cancelled'
  integrationId?: number
  sourceType?: string
  key?: number
}

/** Makes touches that come after each other, each with a key of its own; times are UTC. */
export function visitor() {
  let last = 0
  const nextKey = () => (last += 1)
  const visit = (alias: number, at: string, channel: string, more: Partial<Visit> = {}): Visit => ({
    alias,
    at: `${at}Z`,
    key: nextKey(),
    channel,
    ...more,
  })
  return { visit, nextKey }
}

export const settings: RefreshSettings = {
  timezone: 'UTC',
  currency: 'EUR',
  sources: [{ integrationId: '1', sourceType: 'shop', namespace: '1', rank: 1 }],
}

const dayOf = (at: string) => DateTime.fromISO(at, { zone: settings.timezone }).toISODate() ?? ''
const time = (at: string) =>
  DateTime.fromISO(at, { zone: 'utc' }).toFormat('yyyy-MM-dd HH:mm:ss.SSS')
const daysOf = (rows: readonly { at: string }[]) => [...new Set(rows.map(({ at }) => dayOf(at)))]

async function insert(table: string, values: readonly object[]): Promise<void> {
  if (values.length > 0) await clickhouse().insert({ table, values, format: 'JSONEachRow' })
}

const ofVersion = ({ projectId, commitId }: Version) => ({
  project_id: projectId,
  generation: commitId,
})

async function layTouches(version: Version, visits: readonly Visit[]): Promise<string[]> {
  const { projectId, commitId } = version
  await insert(
    'touch',
    visits.map(({ alias, at, key, channel = 'Direct', kind = 'session', ...more }) => ({
      ...ofVersion(version),
      date: dayOf(at),
      alias_key: String(alias),
      event_time: time(at),
      touch_key: String(key),
      kind,
      channel,
      is_direct: channel === 'Direct',
      ...more,
    }))
  )
  const days = daysOf(visits)
  await insert(
    'slices',
    days.map((date) => ({ project_id: projectId, layer: 'touch', date, commit_id: commitId }))
  )
  return days
}

/** Far from the keys of touches. */
const saleKey = ({ id, key }: Sale) =>
  String(
    key ?? Buffer.from(id).reduce((sum, byte) => sum * 257n + BigInt(byte), 1n << 40n) % (1n << 63n)
  )

async function laySales(version: Version, sales: readonly Sale[]): Promise<string[]> {
  const { projectId, commitId } = version
  await insert(
    'order_facts',
    sales.map((sale) => ({
      ...ofVersion(version),
      date: dayOf(sale.at),
      order_id: sale.id,
      fact_key: saleKey(sale),
      order_key: saleKey(sale),
      kind: 'order',
      integration_id: sale.integrationId ?? 1,
      source_type: sale.sourceType ?? 'shop',
      event_time: time(sale.at),
      order_date: dayOf(sale.at),
      state: sale.state ?? 'valid',
      is_counted: (sale.state ?? 'valid') === 'valid',
      is_converted: true,
      customer_key: String(sale.person),
      country: sale.country ?? '',
      currency: 'EUR',
      gross: sale.gross,
      total: sale.gross,
      is_new: sale.isNew ?? false,
    }))
  )
  const days = daysOf(sales)
  await insert(
    'slices',
    days.map((date) => ({ project_id: projectId, layer: 'orders', date, commit_id: commitId }))
  )
  return days
}

export interface Story {
  visits?: readonly Visit[]
  sales?: readonly Sale[]
  /** Aliases and the persons behind them, where that is somebody else. */
  persons?: Readonly<Record<number, number>>
}

/** Publishes what is told as one commit of the project, journeys built from it. */
export async function tell(
  projectId: string,
  { visits = [], sales = [], persons = {} }: Story
): Promise<void> {
  const version = await openCommit({ projectId, integrationId: null, runId: null, cause: 'import' })
  await insert(
    'persons',
    Object.entries(persons).map(([alias, person]) => ({
      project_id: projectId,
      alias_key: alias,
      commit_id: version.commitId,
      person_key: String(person),
    }))
  )
  const touch = await layTouches(version, visits)
  const orders = await laySales(version, sales)
  const journeys = await rebuildJourneys(version, settings, { orders, touch, persons: true })
  await rebuildPaths(version, settings, { touch, persons: true, journeys })
  await db.transaction((trx) => publishCommit(trx, version, orders))
}

export type TestProject = Awaited<ReturnType<typeof makeProject>>

/** A project in which this has happened. */
export async function projectOf(story: Story): Promise<TestProject> {
  const project = await makeProject()
  await tell(project.id, story)
  return project
}

export function askJourneys(
  project: { id: string; owner: TestAccount },
  request: Record<string, unknown>
): Promise<ApiResponse<JourneysReport>> {
  return api(project.owner).post<JourneysReport>(`/projects/${project.id}/reports/journeys`, {
    date_from: '2024-01-01',
    date_to: '2024-12-31',
    ...request,
  })
}

/** The report, which must be one. */
export async function readJourneys(
  project: { id: string; owner: TestAccount },
  request: Record<string, unknown> = {}
): Promise<JourneysReport> {
  const response = await askJourneys(project, request)
  if (response.status !== 200) throw new Error(`${response.status}: ${response.text}`)
  return response.body
}
