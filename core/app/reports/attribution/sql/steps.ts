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

const words = (sql: readonly string[]): Set<string> => new Set(sql.join(' ').match(/\w+/g))

/**
 * The same of columns that are known: each layer passes what is asked of it, and nothing else. TRICKY:
 * what a statement would not need costs its planning in every layer, before the engine sees that.
 *
 * @param names columns of the query
 * @param asked SQL over the columns of the last layer
 */
export function addNeededLayers(
  from: string,
  names: readonly string[],
  layers: readonly Columns[],
  asked: readonly string[]
): string {
  const [last, ...before] = layers.toReversed()
  if (!last) return from
  const needed = words(asked)
  const below = [...names, ...before.flatMap((columns) => Object.keys(columns))]
  const own = Object.entries(last).filter(([name]) => needed.has(name))
  const passed = below.filter((name) => needed.has(name))
  const columns = { ...asTheyAre(...passed), ...Object.fromEntries(own) }
  return pick(addNeededLayers(from, names, before.toReversed(), listed(columns)), columns)
}

/** Layers of several at once: the first of each make the first one. */
export function sideBySide(all: readonly (readonly Columns[])[]): Columns[] {
  const depth = Math.max(0, ...all.map((layers) => layers.length))
  return Array.from(
    { length: depth },
    (_, index) => Object.assign({}, ...all.map((layers) => layers[index] ?? {})) as Columns
  )
}
