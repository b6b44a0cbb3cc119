import { joinsOf, type JoinRules, type LinkedDocument } from './joins.ts'
import { UnionFind } from './union_find.ts'

/** Whose an identifier or a document is. */
export interface PersonOf {
  key: bigint
  person: bigint
  /** Nothing is known of the person. */
  isAnonymous: boolean
}

/** A document's time is known, or later than any. */
const timeOf = ({ time }: LinkedDocument): number => (time === 0 ? Infinity : time)

/**
 * Finds out who is who: identifiers of one document are one person, documents that name each other are
 * one person's. A person is a connected component, named by the identifier of its earliest document. The
 * order in which documents come changes nothing.
 *
 * Nodes are numbers, and what is known of them lies in arrays: there may be millions of them.
 */
export class PersonGraph {
  readonly #rules: JoinRules
  readonly #nodes = new Map<bigint, number>()
  readonly #keys: bigint[] = []
  readonly #isDocument: boolean[] = []
  /** Whether it tells anything of its person. */
  readonly #isKnown: boolean[] = []
  /** Time of the earliest document that speaks of the node; -1: none does. */
  readonly #times: number[] = []
  readonly #sets = new UnionFind()

  constructor(rules: JoinRules) {
    this.#rules = rules
  }

  add(document: LinkedDocument): void {
    const { groups, owner, linked } = joinsOf(document, this.#rules)
    const time = timeOf(document)
    for (const group of groups) this.#join(group, time)
    if (!document.isOwned) return
    const node = this.#node(document.key)
    this.#isDocument[node] = true
    this.#isKnown[node] ||= document.isTouch || document.aliases.length > 0
    this.#seeAt(node, time)
    if (owner !== undefined) this.#sets.join(node, this.#node(owner))
    if (linked !== undefined) this.#sets.join(node, this.#node(linked))
  }

  /**
   * Everybody who is not simply their own person: identifiers of a person with another key, and documents
   * of which anything is known.
   */
  *persons(): Generator<PersonOf> {
    const { faces, known } = this.#components()
    for (const [node, key] of this.#keys.entries()) {
      const root = this.#sets.find(node)
      const person = this.#keys[faces.get(root) ?? node] ?? key
      const isAnonymous = !known.has(root)
      const isTold = this.#isDocument[node] === true && !isAnonymous
      if (person !== key || isTold) yield { key, person, isAnonymous }
    }
  }

  /** Only the most personal identifier of a group can name a person. */
  #join(group: readonly bigint[], time: number): void {
    const [face, ...others] = group
    if (face === undefined) return
    const first = this.#node(face)
    this.#isKnown[first] = true
    this.#seeAt(first, time)
    for (const alias of others) this.#sets.join(first, this.#node(alias))
  }

  #node(key: bigint): number {
    const known = this.#nodes.get(key)
    if (known !== undefined) return known
    const node = this.#sets.add()
    this.#nodes.set(key, node)
    this.#keys.push(key)
    this.#isDocument.push(false)
    this.#isKnown.push(false)
    this.#times.push(-1)
    return node
  }

  #seeAt(node: number, time: number): void {
    const known = this.#times[node] ?? -1
    this.#times[node] = known < 0 ? time : Math.min(known, time)
  }

  /** Whether the one names a person rather than the other: identifiers before documents, then by time. */
  #isBefore(one: number, other: number): boolean {
    const isDocument = this.#isDocument[one] ?? false
    if (isDocument !== this.#isDocument[other]) return !isDocument
    const [time = 0, otherTime = 0] = [this.#times[one], this.#times[other]]
    if (time !== otherTime) return time < otherTime
    return (this.#keys[one] ?? 0n) < (this.#keys[other] ?? 0n)
  }

  /** By root of each component: the node that names it; and the roots of which anything is known. */
  #components() {
    const faces = new Map<number, number>()
    const known = new Set<number>()
    for (let node = 0; node < this.#sets.size; node += 1) {
      const root = this.#sets.find(node)
      if (this.#isKnown[node]) known.add(root)
      if ((this.#times[node] ?? -1) < 0) continue
      const best = faces.get(root)
      if (best === undefined || this.#isBefore(node, best)) faces.set(root, node)
    }
    return { faces, known }
  }
}
