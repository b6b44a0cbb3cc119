/** What a document says of the person behind it. */
export interface LinkedDocument {
  key: bigint
  /** Milliseconds since 1970; 0: unknown. */
  time: number
  /** Identifiers, the most personal one first. */
  aliases: readonly bigint[]
  /** It belongs to a person itself: it is a purchase, a deal, or names one. */
  isOwned: boolean
  /** Another document that it names; 0n: none. */
  linked: bigint
  /** A trace of somebody, even where it holds no identifier. */
  isTouch: boolean
}

/** Pairs of identifiers or documents that are not the same person, whatever documents say. */
export class Splits {
  readonly #others = new Map<bigint, Set<bigint>>()

  constructor(pairs: readonly (readonly [bigint, bigint])[]) {
    for (const [one, other] of pairs) {
      this.#note(one, other)
      this.#note(other, one)
    }
  }

  has(one: bigint, other: bigint): boolean {
    return this.#others.get(one)?.has(other) ?? false
  }

  /** Whether any pair names it. */
  knows(key: bigint): boolean {
    return this.#others.has(key)
  }

  #note(one: bigint, other: bigint): void {
    const known = this.#others.get(one)
    if (known) known.add(other)
    else this.#others.set(one, new Set([other]))
  }
}

/** What keeps identifiers from joining. */
export interface JoinRules {
  /** Identifiers that are tied to too many others. */
  blocked: ReadonlySet<bigint>
  splits: Splits
}

/** Which identifiers a document joins with each other, and what it is joined with itself. */
export interface Joins {
  /** Identifiers of each person that the document speaks of; mostly there is one. */
  groups: bigint[][]
  /** The identifier that the document belongs to. */
  owner: bigint | undefined
  /** The document that it names. */
  linked: bigint | undefined
}

/** Identifiers that were split go to different persons, and the others follow the more personal one. */
function groupsOf(aliases: readonly bigint[], splits: Splits): bigint[][] {
  if (!aliases.some((alias) => splits.knows(alias))) return [[...aliases]]
  const groups: bigint[][] = []
  for (const alias of aliases) {
    const fitting = groups.find((group) => !group.some((other) => splits.has(alias, other)))
    if (fitting) fitting.push(alias)
    else groups.push([alias])
  }
  return groups
}

/** What one document says about who is who, after the guards. */
export function joinsOf(document: LinkedDocument, { blocked, splits }: JoinRules): Joins {
  const { key, aliases, isOwned, linked } = document
  const isOpen = (alias: bigint) => !blocked.has(alias)
  const mine = (other: bigint) => !splits.has(key, other)
  return {
    groups: groupsOf(aliases, splits)
      .map((group) => group.filter(isOpen))
      .filter(({ length }) => length > 0),
    owner: isOwned ? aliases.find((alias) => isOpen(alias) && mine(alias)) : undefined,
    linked: linked !== 0n && mine(linked) ? linked : undefined,
  }
}
