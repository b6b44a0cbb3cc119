import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { seededKills } from '#tests/kills'
import { KilledWorker } from '../helpers/killed_worker.ts'
import { now } from '../helpers/quay_shop.ts'
import { DAY, dayOf, loadedAds, openVendors } from '../helpers/sandbox_shop.ts'
import { linesOf, useVendors, type Vendors } from '../helpers/sandbox_vendors.ts'

const present = Date.now()
/** Days of history, and kills in each of the three rounds. */
const history = Number(process.env.AF_VENDOR_DAYS ?? 12)
const kills = Number(process.env.AF_VENDOR_KILLS ?? 1)
const days = { from: dayOf(present - history * DAY), to: dayOf(present + DAY) }

const random = seededKills(11)

const statesOf = async (runs: readonly string[]): Promise<string[]> => {
  const found = (await db.from('sync_runs').whereIn('id', [...runs])) as { status: string }[]
  return found.map(({ status }) => status)
}
const anyOpen = async (runs: readonly string[]) =>
  (await statesOf(runs)).some((status) => status === 'queued' || status === 'running')

/** What the minutes after a worker's death bring: its leases end, and its jobs are free again. */
async function passOver() {
  await db
    .from('sync_runs')
    .where('status', 'running')
    .update({ lease_until: new Date(0) })
  await db.rawQuery(
    'update graphile_worker._private_jobs set locked_at = null, locked_by = null, run_at = now()'
  )
  await db.rawQuery(
    'update graphile_worker._private_job_queues set locked_at = null, locked_by = null'
  )
}

/** @returns how many workers died with the runs still open */
async function underKills(runs: readonly string[]): Promise<number> {
  let landed = 0
  for (let kill = 0; kill < kills && (await anyOpen(runs)); kill += 1) {
    const worker = new KilledWorker()
    const after = 1 + Math.floor(random() * 14)
    await worker.until(async ({ length }) => length >= after || !(await anyOpen(runs)))
    await sleep(random() * 150)
    await worker.kill()
    if (await anyOpen(runs)) landed += 1
    await passOver()
  }
  for (let tries = 0; tries < 10 && (await anyOpen(runs)); tries += 1) await now()
  return landed
}

test.group('kill -9 of a worker that reads vendors', (group) => {
  useDatabases(group, { clickhouse: true })
  const held = useVendors(
    group,
    () => ({ from: days.from, now: new Date(present - 2 * DAY).toISOString(), peoplePerDay: 5 }),
    // A few windows become visible at a time, so that kills land between publications, too.
    { AF_ROWS_PER_COMMIT: '50' }
  )

  const truthOf = async (vendors: Vendors) => ({
    campaigns: linesOf(await vendors.ads('campaign', days)),
    ads: linesOf(await vendors.ads('ad', days)),
    sales: await vendors.sales(days),
  })

  test('a full sync, an increment with restated days and a re-read lose nothing and double nothing', async ({
    assert,
  }) => {
    const { vendors } = held
    const made = await openVendors(vendors, days)
    const loaded = async () => {
      const { cost: _cost, ...sales } = await made.kpi()
      return {
        campaigns: await loadedAds(made.id, 'campaign_id'),
        ads: await loadedAds(made.id, 'ad_id'),
        sales,
      }
    }
    let landed = 0
    const round = async (params: object) => {
      const runs = [await made.queue(made.ads, params), await made.queue(made.shop, params)]
      landed += await underKills(runs)
      const ended = db.from('sync_runs').whereIn('id', runs).select('status', 'error')
      assert.deepEqual(await ended, [
        { status: 'done', error: null },
        { status: 'done', error: null },
      ])
      assert.deepEqual(await loaded(), await truthOf(vendors))
    }

    // Two days later the shop has sold and taken back more. Who signs in at Google has to be on time.
    const late = 2 * 86_400 + 60
    await vendors.control('clock', {
      skew_seconds: { 'google-ads': late, 'google-identity': late },
    })
    await round({})
    await vendors.control('clock', {
      now: new Date(present + 60_000).toISOString(),
      skew_seconds: { 'google-ads': 0, 'google-identity': 0 },
    })
    const { access_token } = await vendors.control<{ access_token: string }>('shopify/grant', {})
    await made.call.patch(made.shop, { credentials: { access_token } })
    await vendors.control('google-ads/restate', {
      from: dayOf(present - 5 * DAY),
      to: dayOf(present),
      cost_factor: 1.25,
    })
    await round({})
    await round({ full: true })
    assert.isAtLeast(landed, 2)
  }).timeout(300_000 + kills * 60_000)
})
