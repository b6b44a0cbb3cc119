import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { Clock } from './clock.ts'
import type { Controlled } from './control.ts'
import { Faults } from './faults.ts'
import { Journal } from './journal.ts'
import { Sealer } from './sealed.ts'
import { createSandboxServer } from './server.ts'
import type { Stage, Vendor } from './vendor.ts'
import { vendorsOf } from './vendors.ts'
import { dateOf, dayOf } from './world/calendar.ts'
import { World } from './world/world.ts'

export interface SandboxOptions {
  /** 0 or none takes a free one. */
  port?: number
  seed?: number
  /** The shop's first day, `YYYY-MM-DD`; 18 months ago unless given. */
  from?: string
  /** Where the clock stands until it is moved, ISO; without it it runs with the real one. */
  now?: string
  /** People a day who begin to look around; an order comes of about every fourth. */
  peoplePerDay?: number
  /** Ads in each ad group. */
  adsPerGroup?: number
  /** Hears of errors of the sandbox itself. */
  onError?: (error: unknown) => void
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT` */
  url: string
  /** For AF_VENDOR_BASE_URLS: every host of every vendor leads here. */
  vendorBaseUrls: string
  /** The same as the control API, without HTTP. */
  world: World
  clock: Clock
  close(): Promise<void>
}

const HISTORY_DAYS = 548

function controlledBy(options: SandboxOptions): Controlled {
  const clock = new Clock(options.now)
  const first = dateOf(Math.floor(clock.now() / 86_400) - HISTORY_DAYS)
  const world = new World({
    seed: options.seed ?? 1,
    from: options.from ?? first,
    peoplePerDay: options.peoplePerDay ?? 40,
    adsPerGroup: options.adsPerGroup ?? 3,
  })
  if (Number.isNaN(dayOf(world.options.from))) throw new RangeError('from has to be a date')
  const skews = new Map<string, number>()
  const stage: Stage = {
    world,
    sealer: new Sealer(`sandbox ${world.options.seed}`),
    clockOf: (vendor) => ({ now: () => clock.now() + (skews.get(vendor) ?? 0) }),
  }
  const vendors = vendorsOf(stage)
  return { world, clock, skews, faults: new Faults(), journal: new Journal(), vendors }
}

const baseUrls = (vendors: readonly Vendor[], url: string): string =>
  vendors
    .flatMap(({ hosts }) => hosts)
    .map((host) => `${host}=${url}/{host}`)
    .join(',')

/** Starts the vendors' doubles on 127.0.0.1. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const controlled = controlledBy(options)
  const server = createSandboxServer(controlled, options.onError ?? (() => {}))
  // Longer than clients keep a connection that they may use again.
  server.keepAliveTimeout = 60_000
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    vendorBaseUrls: baseUrls(controlled.vendors, url),
    world: controlled.world,
    clock: controlled.clock,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
