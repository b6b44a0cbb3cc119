/** Columns by their names, as SQL. */
export type Columns = Readonly<Record<string, string>>

const listed = (columns: Columns): string[] =>
  Object.entries(columns).map(([name, sql]) => (sql === name ? name : `${sql} AS ${name}`))

/** These columns of a query, and no others. */
export const pick = (from: string, columns: Columns, where = ''): string =>
  `SELECT ${listed(columns).join(',\n  ')}\nFROM (${from})${where && `\nWHERE ${where}`}`

/** Columns as they are. */
export const asTheyAre = (...names: readonly string[]): Columns =>
  Object.fromEntries(names.map((name) => [name, name]))

/**
 * Adds columns to a query, layer after layer: those of a layer may use the columns of the query and of
 * the layers before, not each other.
 *
 * TRICKY: layers, not aliases. The engine writes out a name that is defined beside its use, again and
 * again where it is used; a long chain in one SELECT takes longer to analyse than to run. Each layer
 * costs as well, by the columns that pass it: so there are few, and what nobody needs stays behind.
 */
export function addLayers(from: string, layers: readonly Columns[]): string {
  return layers
    .filter((columns) => Object.keys(columns).length > 0)
    .reduce(
      (query, columns) => `SELECT *,\n  ${listed(columns).join(',\n  ')}\nFROM (${query})`,
      from
    )
}

/** Layers of several at once: the first of each make the first one. */
export function sideBySide(all: readonly (readonly Columns[])[]): Columns[] {
  const depth = Math.max(0, ...all.map((layers) => layers.length))
  return Array.from(
    { length: depth },
    (_, index) => Object.assign({}, ...all.map((layers) => layers[index] ?? {})) as Columns
  )
}
