import type { Row } from '../../queries/run_statement.ts'
import { firstTouchesSql, lonelyTypesSql, namedSql } from './person_sql.ts'
import type { Person } from './schemas.ts'

type Run = (name: string, sql: string, values?: Record<string, unknown>) => Promise<Row[]>

/** Lists are lists in JSON, though no figure of a report is one. */
const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

const byType = (one: { type: string }, other: { type: string }) => (one.type < other.type ? -1 : 1)

/** What touches name that no document names beside another identifier, such as a browser alone. */
async function lonelyTypes(unnamed: readonly string[], run: Run): Promise<Row[]> {
  if (unnamed.length === 0) return []
  const touches = await run('first_touches', firstTouchesSql, { unnamed: unnamed.map(BigInt) })
  return run('lonely_types', lonelyTypesSql, {
    times: touches.map(({ time }) => BigInt(time ?? 0)),
    keys: touches.map(({ key }) => BigInt(key ?? 0)),
  })
}

/**
 * How many identifiers of each type are known of a person.
 *
 * @param touched what their touches were made under
 */
export async function readIdentifiers(touched: unknown, run: Run): Promise<Person['identifiers']> {
  const named = await run('named', namedSql)
  const known = new Set(named.flatMap(({ keys }) => listOf(keys)))
  const lonely = await lonelyTypes(
    listOf(touched).filter((alias) => !known.has(alias)),
    run
  )
  const counts = new Map<string, number>()
  for (const { type, count } of [...named, ...lonely]) {
    counts.set(String(type), (counts.get(String(type)) ?? 0) + Number(count))
  }
  return [...counts].map(([type, count]) => ({ type, count })).sort(byType)
}
