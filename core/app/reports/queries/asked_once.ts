import { remembered, type Version } from '#warehouse/public'
import type { Statement } from '../plan/statement.ts'
import type { Row } from './run_statement.ts'

const asText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

/** Asks once for what a statement finds in a published state, with these values of what it names. */
export function askedOnce(
  version: Version,
  { sql, parameters }: Statement,
  ask: () => Promise<Row[]>
): Promise<Row[]> {
  const named = Object.entries(parameters).filter(([name]) => sql.includes(`{${name}:`))
  return remembered(version, JSON.stringify([sql, named], asText), ask)
}
