/** Names from the root, `*` for any element or name. */
export type Path = readonly string[]

/** What is looked for in a JSON text. */
export interface Wanted {
  lists: Path
  /** A value that says that the rest is worth nothing. */
  failure: Path | undefined
}

/** What a value is: one that is looked for, a container on the way to one, or neither. */
export type Role = 'list' | 'failure' | 'way' | 'other'

/** A value, and which of both it may hold or be. */
export interface Place {
  role: Role
  toLists: boolean
  toFailure: boolean
}

/** The whole text. */
export function rootOf({ lists }: Wanted): Place {
  return { role: lists.length === 0 ? 'list' : 'way', toLists: true, toFailure: true }
}

function roleOf(wanted: Wanted, { toLists, toFailure }: Omit<Place, 'role'>, depth: number): Role {
  if (toFailure && depth === wanted.failure?.length) return 'failure'
  if (toLists && depth === wanted.lists.length) return 'list'
  return toLists || toFailure ? 'way' : 'other'
}

/**
 * A value in a container.
 *
 * @param name absent in lists
 * @param depth how many containers it is in
 */
export function placeIn(
  container: Place,
  wanted: Wanted,
  name: string | undefined,
  depth: number
): Place {
  const leads = (path: Path | undefined): boolean => {
    const next = path?.[depth - 1]
    return next !== undefined && (next === '*' || next === name)
  }
  const toLists = container.toLists && leads(wanted.lists)
  const toFailure = container.toFailure && leads(wanted.failure)
  return { role: roleOf(wanted, { toLists, toFailure }, depth), toLists, toFailure }
}
