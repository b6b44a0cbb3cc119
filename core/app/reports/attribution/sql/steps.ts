/**
 * Adds columns to a query. They may use its columns, not each other.
 *
 * TRICKY: one step after the other. The engine writes out a name that is defined beside its use, again
 * and again where it is used; a long chain in one SELECT takes longer to analyse than to run.
 */
export function step(from: string, columns: Readonly<Record<string, string>>): string {
  const added = Object.entries(columns).map(([name, sql]) => `${sql} AS ${name}`)
  return `SELECT *,\n  ${added.join(',\n  ')}\nFROM (${from})`
}
