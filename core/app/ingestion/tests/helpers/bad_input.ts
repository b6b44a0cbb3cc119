import { DAY, dayOf, type openVendors } from './sandbox_shop.ts'
import type { Vendors } from './sandbox_vendors.ts'

export const present = Date.now() + 60_000
export const days = { from: dayOf(present - 12 * DAY), to: dayOf(present + DAY) }
/** Not all the history that the vendor would tell of, which is empty. */
export const range = { from: days.from, to: dayOf(present) }
export const year = dayOf(present).slice(0, 4)

export type Made = Awaited<ReturnType<typeof openVendors>>
export type Vendor = 'ads' | 'shop'

export interface Case {
  name: string
  /** What the user or the vendor does wrong. */
  break(made: Made, vendors: Vendors): Promise<unknown>
  /** What puts it right again; faults end by themselves. */
  mend?(made: Made, vendors: Vendors): Promise<unknown>
  says: RegExp
  code: string
  status?: 'error' | 'needs_reauth'
  field?: string
}

export const settings = (vendor: Vendor, values: object) => (made: Made) =>
  made.call.patch(made[vendor], { settings: values })

export const fault = (vendor: string, values: object) => (_made: Made, vendors: Vendors) =>
  vendors.control('faults', { vendor, times: 1000, ...values })

export const altered = (vendor: string, find: string, replace: string) =>
  fault(vendor, { kind: 'altered', find, replace })
