import type { Stream } from '../src/index.ts'
import { dayAfter, dayIn, historyOf } from './simulation/run.ts'
import { rowsOf } from './simulation/stage.ts'
import type { StreamSpec, Tables, VendorRow } from './spec.ts'
import type { World } from './world.ts'

const ROWS = 12
const ROWS_PER_DAY = 2
const HOUR_MS = 3_600_000

/** Noon: no time zone makes another day of it, but for the islands east of the date line. */
const noon = (day: string): Date => new Date(`${day}T12:00:00Z`)

function reportRows(
  world: Pick<World, 'clock' | 'timezone' | 'config'>,
  def: Extract<Stream, { kind: 'report' }>['def'],
  spec: StreamSpec
) {
  const today = dayIn(world.clock.now(), world.timezone)
  const days = historyOf(def, def.lookbackDays(world.config))
  const rows: VendorRow[] = []
  for (let ago = days; ago >= 0; ago -= 1) {
    const at = noon(dayAfter(today, -ago))
    for (let index = 0; index < ROWS_PER_DAY; index += 1) rows.push(spec.make(rows.length, at))
  }
  return rows
}

/** Rows of an hour each, the newest of an hour ago: a run that starts now has them all behind it. */
function otherRows(world: Pick<World, 'clock'>, spec: StreamSpec): VendorRow[] {
  const count = spec.rows ?? ROWS
  const now = world.clock.now().getTime()
  return Array.from({ length: count }, (_, number) =>
    spec.make(number, new Date(now - (count - number) * HOUR_MS))
  )
}

/** The vendor's rows at the start of a scenario. */
export function tablesOf(
  world: Pick<World, 'source' | 'spec' | 'clock' | 'timezone' | 'config'>
): Tables {
  const tables: Tables = {}
  for (const [name, spec] of Object.entries(world.spec.streams ?? {})) {
    const stream = world.source.streams[name]
    if (stream === undefined) throw new RangeError(`There is no stream “${name}”`)
    tables[name] =
      stream.kind === 'report' ? reportRows(world, stream.def, spec) : otherRows(world, spec)
  }
  return tables
}

/** The rows of a stream as `read` has to yield them, sorted as a store's text. */
export function expectedText(world: World, name: string): string {
  const stream = world.source.streams[name]
  const def = stream && rowsOf(stream)
  const spec = world.spec.streams?.[name]
  if (def === undefined || spec === undefined) throw new RangeError(name)
  const rows = (world.tables[name] ?? []).map((row) => {
    const read = def.row.parse(spec.asRead?.(row) ?? row) as VendorRow
    const values = def.key.map((field) => String(read[field]))
    const key = values.length === 1 ? values[0] : JSON.stringify(values)
    return `${key ?? ''}\u0000${JSON.stringify(read)}`
  })
  return rows.toSorted().join('\n')
}
