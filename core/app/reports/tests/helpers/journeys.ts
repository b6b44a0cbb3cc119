import db from '@adonisjs/lucid/services/db'
import {
  clickhouse,
  JOURNEY_DAYS,
  openCommit,
  publishCommit,
  rebuildPaths,
  type Version,
} from '#warehouse/public'

export const DAY = 86_400_000

/** A touch of somebody, as `touch` holds it. */
export interface WorldTouch {
  /** Of the touch; decides between touches of one time. */
  key: bigint
  /** Whose it is. */
  person: bigint
  /** Milliseconds since 1970. */
  time: number
  isDirect?: boolean
  channel?: string
  source?: string
  medium?: string
  campaign?: string
  ad?: string
  keyword?: string
  landingPage?: string
  country?: string
  device?: string
}

/** A conversion, as `journeys` holds it. */
export interface WorldConversion {
  key: bigint
  /** 0 is nobody. */
  person: bigint
  time: number
  gross: string
  discount?: string
  refunded?: string
  cogs?: string
  goal?: string
  isNew?: boolean
  country?: string
  device?: string
  coupon?: string
  sourceType?: string
  /** What it says itself about where it came from; a touch where the person has none. */
  own?: Partial<WorldTouch>
}

export interface World {
  touches: readonly WorldTouch[]
  conversions: readonly WorldConversion[]
  /** Touches of a person are known by this alias of theirs, where they have one. */
  aliasOf?: (person: bigint) => bigint
  spend?: readonly Record<string, unknown>[]
}

const iso = (time: number) => new Date(time).toISOString().replace('T', ' ').replace('Z', '')
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10)

const unknown = {
  channel: '',
  source: '',
  medium: '',
  campaign: '',
  campaign_id: '',
  ad: '',
  keyword: '',
  landing_page: '',
  country: '',
  device: '',
}
type Labels = typeof unknown
const labelNames = Object.keys(unknown) as (keyof Labels)[]

/** What a touch says of where it came from. */
function labels({ landingPage, ...touch }: Partial<WorldTouch>): Labels {
  const told = { ...touch, ...(landingPage !== undefined && { landing_page: landingPage }) }
  const known = Object.entries(told).filter(([name]) => name in unknown)
  return { ...unknown, ...Object.fromEntries(known) }
}

const inOrder = (one: WorldTouch, other: WorldTouch) =>
  one.time - other.time || (one.key < other.key ? -1 : 1)

/** Touches of the conversion's person in the days that a journey keeps. */
export function kept({ person, time, key, own }: WorldConversion, touches: readonly WorldTouch[]) {
  const found = touches
    .filter((touch) => touch.person === person && person !== 0n)
    .filter((touch) => touch.time <= time && touch.time >= time - JOURNEY_DAYS * DAY)
    .sort(inOrder)
  return found.length === 0 && own ? [{ isDirect: false, ...own, key, person, time }] : found
}

const defaults = {
  goal: 'order',
  isNew: false,
  country: '',
  device: '',
  coupon: '',
  sourceType: 'shop',
  discount: '0',
  refunded: '0',
  cogs: '0',
}

function journeyRow(conversion: WorldConversion, touches: readonly WorldTouch[]) {
  const path = kept(conversion, touches)
  const { key, person, time, isNew, sourceType, own: _, ...rest } = { ...defaults, ...conversion }
  const arrays = labelNames.map((name) => [
    `touch_${name}`,
    path.map((touch) => labels(touch)[name]),
  ])
  return {
    ...rest,
    date: dayOf(time),
    conversion_key: String(key),
    conversion_id: `order-${key}`,
    event_time: iso(time),
    person_key: String(person),
    is_new: isNew,
    integration_id: '1',
    source_type: sourceType,
    touch_time: path.map((touch) => iso(touch.time)),
    touch_key: path.map((touch) => String(touch.key)),
    touch_is_direct: path.map((touch) => touch.isDirect ?? false),
    ...(Object.fromEntries(arrays) as Record<string, string[]>),
  }
}

const touchRow = (touch: WorldTouch, aliasOf: (person: bigint) => bigint) => ({
  date: dayOf(touch.time),
  alias_key: String(aliasOf(touch.person)),
  event_time: iso(touch.time),
  touch_key: String(touch.key),
  kind: 'session',
  integration_id: '1',
  is_direct: touch.isDirect ?? false,
  ...labels(touch),
})

async function insert(table: string, version: Version, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return
  const { projectId, commitId } = version
  const owned = { project_id: projectId }
  const built = ['persons', 'slices'].includes(table)
    ? { ...owned, commit_id: commitId }
    : { ...owned, generation: commitId }
  await clickhouse().insert({
    table,
    values: rows.map((row) => ({ ...built, ...row })),
    format: 'JSONEachRow',
  })
}

const slicesOf = (layer: string, rows: readonly { date: string }[]) =>
  [...new Set(rows.map(({ date }) => date))].map((date) => ({ layer, date }))

/** Writes the world straight into the derived tables of a commit; what follows from these is built. */
export async function writeWorld(version: Version, world: World): Promise<void> {
  const aliasOf = world.aliasOf ?? ((person) => person)
  const journeys = world.conversions.map((conversion) => journeyRow(conversion, world.touches))
  const touches = world.touches.map((touch) => touchRow(touch, aliasOf))
  const spend = (world.spend ?? []).map((row) => ({ date: '', ...row }))
  const persons = [...new Set(world.touches.map(({ person }) => person))]
    .filter((person) => aliasOf(person) !== person)
    .map((person) => ({ alias_key: String(aliasOf(person)), person_key: String(person) }))
  await insert('journeys', version, journeys)
  await insert('touch', version, touches)
  await insert('persons', version, persons)
  await insert('daily_kpi', version, spend)
  await insert('slices', version, [
    ...slicesOf('journeys', journeys),
    ...slicesOf('touch', touches),
    ...slicesOf('kpi', spend),
  ])
  const settings = { timezone: 'UTC', currency: 'EUR', sources: [], everything: true }
  await rebuildPaths(version, settings, { touch: [], persons: false, journeys: [] })
}

/** The same as the published state of a project. */
export async function publishWorld(projectId: string, world: World): Promise<Version> {
  const version = await openCommit({ projectId, integrationId: null, runId: null, cause: 'sync' })
  await writeWorld(version, world)
  await db.transaction((trx) => publishCommit(trx, version, []))
  return version
}
