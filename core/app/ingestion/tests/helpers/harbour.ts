import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import type { Group } from '@japa/runner/core'
import { createRun, Integration, loadSources } from '#connections/public'
import { makeProject } from '#tests/factories'
import { inSlices, publishedVersion, rows, versionParams } from '#warehouse/public'
import type { HarbourState } from '../fixtures/harbour/index.ts'
import { runIntegration } from '../../run_integration.ts'

/** Installs the source of the fixture for the tests of a group. */
export function useHarbour(group: Group): void {
  const before = process.env.AF_PLUGINS
  group.setup(async () => {
    process.env.AF_PLUGINS = join(import.meta.dirname, '../fixtures/harbour')
    await loadSources()
  })
  group.teardown(async () => {
    if (before === undefined) delete process.env.AF_PLUGINS
    else process.env.AF_PLUGINS = before
    await loadSources()
  })
}

export interface RunRow {
  status: string
  fence: number
  attempt: number
  error: { code: string; message: string } | null
  retry_at: Date | null
}

/** A project with an integration whose vendor is a file. */
export async function connectHarbour(streams: string[], state: HarbourState) {
  const made = await makeProject({ currency: 'EUR', timezone: 'UTC' })
  const folder = mkdtempSync(join(tmpdir(), 'af-harbour-'))
  const path = join(folder, 'state.json')
  const set = (next: HarbourState) => writeFileSync(path, JSON.stringify(next))
  set(state)
  const integration = await Integration.create({
    projectId: made.project.id,
    type: 'harbour-ads',
    name: 'Harbour',
    settings: { state: path, streams },
    status: 'pending',
  })
  const queue = async (params: Record<string, unknown> = {}) =>
    (await db.transaction((trx) => createRun(trx, integration, 'manual', params))).id
  const runRow = async (id: string) =>
    (await db.from('sync_runs').where('id', id).firstOrFail()) as RunRow
  return {
    ...made,
    integration,
    set,
    queue,
    run: runRow,
    /** Carries out a run to its end, as a worker would. */
    async sync(params: Record<string, unknown> = {}) {
      const id = await queue(params)
      await runIntegration(id, new AbortController().signal)
      return { id, ...(await runRow(id)) }
    },
    clean: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** What reports would say of the project. */
export async function figures(projectId: string) {
  const version = await publishedVersion(projectId)
  const [found] = await rows<Record<string, string>>(
    `SELECT sum(cost) AS cost, sum(clicks) AS clicks, sum(gross) AS gross, sum(orders) AS orders
     FROM daily_kpi WHERE ${inSlices('kpi')}`,
    versionParams(version)
  )
  return {
    cost: Number(found?.cost),
    clicks: Number(found?.clicks),
    gross: Number(found?.gross),
    orders: Number(found?.orders),
  }
}

export const logRows = async (log: string): Promise<number> => {
  const [found] = await rows<{ n: string }>(`SELECT count() AS n FROM ${log}`)
  return Number(found?.n)
}
