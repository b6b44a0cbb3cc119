import { kindsOf, recordKey, type Stream } from '@analyticaflow/sdk'
import { isStored, newestVersions } from '#warehouse/public'
import type { RunContext } from './stream_run.ts'

type Entity = Extract<Stream, { kind: 'entity' }>['def']
type Row = Record<string, unknown>

interface Keyed {
  key: string
  at: string
  row: unknown
}

function keyed(def: Entity, raw: unknown): Keyed {
  const row = def.row.parse(raw) as Row
  const { updatedAt } = def
  const at = updatedAt === undefined ? '' : new Date(String(row[updatedAt])).toISOString()
  return { key: recordKey(def.key.map((field) => row[field] as string)), at, row: raw }
}

/** Of several rows of one record the newest, in the order of their times. */
function newestOf(rows: readonly Keyed[]): Keyed[] {
  const newest = new Map<string, Keyed>()
  for (const one of rows) {
    const known = newest.get(one.key)
    if (known === undefined || known.at <= one.at) newest.set(one.key, one)
  }
  return [...newest.values()].toSorted((a, b) => (a.at < b.at ? -1 : 1))
}

/**
 * Rows that are not older than what is known: a call that comes late must not undo a later one, neither
 * the order nor what hangs on it.
 */
export async function newestRows(
  run: Pick<RunContext, 'project' | 'integrationId'>,
  stream: string,
  def: Entity,
  rows: readonly unknown[]
): Promise<unknown[]> {
  const newest = newestOf(rows.map((row) => keyed(def, row)))
  if (def.updatedAt === undefined || newest.length === 0) return newest.map(({ row }) => row)
  const known = await newestVersions({
    projectId: run.project.id,
    integrationId: run.integrationId,
    stream,
    kinds: kindsOf({ def }).filter(isStored),
    keys: newest.map(({ key }) => key),
  })
  return newest.filter(({ key, at }) => at >= (known.get(key) ?? '')).map(({ row }) => row)
}
