import { joinsOf, type JoinRules, type LinkedDocument } from './joins.ts'
import { UnionFind } from './union_find.ts'

/** Whose an identifier or a document is. */
export interface PersonOf {
  key: bigint
  person: bigint
  /** Nothing is known of the person. */
  isAnonymous: boolean
}

/** What stands for a set of nodes: the identifier of its earliest document, else that document itself. */
interface Face {
  isAlias: boolean
  time: number
  key: bigint
}

const isBefore = (one: Face, other: Face): boolean => {
  if (one.isAlias !== other.isAlias) return one.isAlias
  if (one.time !== other.time) return one.time < other.time
  return one.key < other.key
}

/** Documents come with a known time, or with none, which is later than any. */
const timeOf = ({ time }: LinkedDocument): number => (time === 0 ? Infinity : time)

/**
 * Finds out who is who: identifiers of one document are one person, documents that name each other are
 * one person's. A person is a connected component. The order in which documents come changes nothing.
 */
export class PersonGraph {
  readonly #rules: JoinRules
  readonly #nodes = new Map<bigint, number>()
  readonly #sets = new UnionFind()
  /** By node: the best that a document of its own says. */
  readonly #faces: (Face | undefined)[] = []
  /** By node: whether it is a document, and whether that tells anything of its person. */
  readonly #isDocument: boolean[] = []
  readonly #isKnown: boolean[] = []

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
    this.#propose(node, { isAlias: false, time, key: document.key })
    for (const other of [owner, linked]) {
      if (other !== undefined) this.#sets.join(node, this.#node(other))
    }
  }

  /**
   * Everybody who is not simply their own person: identifiers of a person with another key, and documents
   * of which anything is known.
   */
  *persons(): Generator<PersonOf> {
    const { faces, known } = this.#components()
    for (const [key, node] of this.#nodes) {
      const root = this.#sets.find(node)
      const person = faces.get(root)?.key ?? key
      const isAnonymous = !known.has(root)
      const isTold = (this.#isDocument[node] ?? false) && !isAnonymous
      if (person !== key || isTold) yield { key, person, isAnonymous }
    }
  }

  #join(group: readonly bigint[], time: number): void {
    const nodes = group.map((alias) => this.#node(alias))
    const [first] = nodes
    const [key] = group
    if (first === undefined || key === undefined) return
    this.#isKnown[first] = true
    this.#propose(first, { isAlias: true, time, key })
    for (const node of nodes) this.#sets.join(first, node)
  }

  #node(key: bigint): number {
    const known = this.#nodes.get(key)
    if (known !== undefined) return known
    const node = this.#sets.add()
    this.#nodes.set(key, node)
    return node
  }

  #propose(node: number, face: Face): void {
    const known = this.#faces[node]
    if (known === undefined || isBefore(face, known)) this.#faces[node] = face
  }

  /** By root of each component: its face, and whether anything is known of it. */
  #components() {
    const faces = new Map<number, Face>()
    const known = new Set<number>()
    for (let node = 0; node < this.#sets.size; node += 1) {
      const root = this.#sets.find(node)
      if (this.#isKnown[node]) known.add(root)
      const face = this.#faces[node]
      const best = faces.get(root)
      if (face && (best === undefined || isBefore(face, best))) faces.set(root, face)
    }
    return { faces, known }
  }
}
