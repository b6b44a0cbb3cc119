/** Deeper than any body of the API; far from where recursive code runs out of stack. */
const DEEPEST = 64

/** PostgreSQL keeps neither NUL characters nor halves of surrogate pairs. */
const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()

/** Why a parsed body is refused before any schema sees it. */
export type BodyFault = { kind: 'depth' } | { kind: 'characters'; field: string }

/**
 * Looks at every text and key of a parsed body, since each may end up in a column that cannot keep
 * it. A list of what is still to be seen instead of recursion: the body may be nested on purpose.
 */
export function bodyFault(body: unknown): BodyFault | undefined {
  const left: { value: unknown; path: string[] }[] = [{ value: body, path: [] }]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, path } = next
    if (path.length > DEEPEST) return { kind: 'depth' }
    if (typeof value === 'string' && !isStorable(value)) return characters(path)
    if (typeof value !== 'object' || value === null) continue
    for (const [key, item] of Object.entries(value)) {
      if (!isStorable(key)) return characters(path)
      left.push({ value: item, path: [...path, key] })
    }
  }
  return undefined
}

const characters = (path: readonly string[]): BodyFault => ({
  kind: 'characters',
  field: path.join('.'),
})
