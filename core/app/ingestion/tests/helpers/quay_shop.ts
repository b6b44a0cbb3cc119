import db from '@adonisjs/lucid/services/db'
import type { quayIntegration } from '#connections/tests/helpers/quay'
import type { QuayOrder, QuayVendor } from '#connections/tests/helpers/quay_vendor'
import { workOff } from './work_off.ts'

/** The day so many days ago. */
export const day = (before: number) =>
  new Date(Date.now() - before * 86_400_000).toISOString().slice(0, 10)

export const order = (id: string, total: string, changes: Partial<QuayOrder> = {}): QuayOrder => ({
  id,
  at: `${day(3)}T10:00:00Z`,
  updated: `${day(3)}T10:00:00Z`,
  total,
  email: `${id}@people.example`,
  refunds: [],
  ...changes,
})

/** Three ads for 60, five orders for 152.50. */
export function stock(vendor: QuayVendor): void {
  vendor.ads = ['a', 'b', 'c'].map((ad, at) => ({
    ad,
    campaign: at < 2 ? 'Spring' : 'Autumn',
    date: day(at + 1),
    micros: String((at + 1) * 10_000_000),
    clicks: 10,
  }))
  vendor.orders = ['1', '2', '3', '4', '5'].map((id) => order(id, `${Number(id) * 10}.50`))
}

type Made = Awaited<ReturnType<typeof quayIntegration>>

/** Totals of the last 30 days. */
export async function kpi({ call, id }: Made) {
  const { body } = await call.post<{ totals: Record<string, number> }>(
    `/projects/${id}/reports/kpi`,
    {
      date_from: day(30),
      date_to: day(0),
      metrics: ['revenue', 'cost', 'orders', 'refunds', 'romi'],
    }
  )
  return body.totals
}

interface Run {
  status: string
  attempt: number
  retry_at: string | null
  error: { code: string } | null
}

/** A run from its request to its end. */
export async function sync({ call, path }: Made, params: Record<string, unknown> = {}) {
  const started = await call.post<{ data: { id: string } }>(`${path}/sync`, params)
  await workOff()
  const run = `${path}/runs/${started.body.data.id}`
  const { body } = await call.get<{ data: Run }>(run)
  return { run, ...body.data }
}

/** Jobs that are meant for a moment later are due now. */
export async function now(): Promise<void> {
  await db.rawQuery('update graphile_worker._private_jobs set run_at = now()')
  await workOff()
}
