import { test } from '@japa/runner'
import fc from 'fast-check'
import { joinsOf, Splits, type LinkedDocument } from '../../joins.ts'
import { PersonGraph } from '../../person_graph.ts'

const document = (
  key: number,
  time: number,
  aliases: number[],
  more: Partial<LinkedDocument> = {}
) => ({
  key: BigInt(key),
  time,
  aliases: aliases.map(BigInt),
  isOwned: true,
  linked: 0n,
  isTouch: false,
  ...more,
})

interface Guards {
  blocked?: number[]
  splits?: [number, number][]
}

const rulesOf = ({ blocked = [], splits = [] }: Guards) => ({
  blocked: new Set(blocked.map(BigInt)),
  splits: new Splits(splits.map(([one, other]) => [BigInt(one), BigInt(other)] as const)),
})

/** Person by key, of those that are not their own. */
function persons(
  documents: readonly LinkedDocument[],
  guards: Guards = {}
): Record<string, number> {
  const graph = new PersonGraph(rulesOf(guards))
  for (const one of documents) graph.add(one)
  return Object.fromEntries(
    [...graph.persons()].map(({ key, person }) => [String(key), Number(person)])
  )
}

test.group('persons', () => {
  test('documents with a common identifier are one person, named by the earliest', ({ assert }) => {
    const found = persons([
      document(101, 20, [1, 2]),
      document(102, 10, [3, 2]),
      document(103, 5, [4]),
    ])
    assert.deepEqual(found, { 1: 3, 2: 3, 101: 3, 102: 3, 103: 4 })
  })

  test('documents of one time, or of none, are told apart by their keys', ({ assert }) => {
    const aliases = [document(101, 7, [9, 2]), document(102, 7, [5, 2])]
    assert.equal(persons(aliases)[101], 5)
    assert.equal(persons([document(101, 0, [1, 3]), document(102, 9, [4, 3])])[101], 4)
  })

  test('a document that owns nothing only joins', ({ assert }) => {
    const found = persons([document(101, 1, [1, 2], { isOwned: false }), document(102, 2, [2])])
    assert.deepEqual(found, { 2: 1, 102: 1 })
  })

  test('a document that names another is the same person’s, even without identifiers', ({
    assert,
  }) => {
    const found = persons([document(101, 1, [], { linked: 102n }), document(102, 2, [6])])
    assert.deepEqual(found, { 101: 6, 102: 6 })
    const graph = new PersonGraph(rulesOf({}))
    graph.add(document(101, 1, [], { linked: 102n }))
    graph.add(document(102, 2, []))
    assert.deepEqual([...graph.persons()], [{ key: 102n, person: 101n, isAnonymous: true }])
  })

  test('a blocked identifier swallows nobody; whoever has nothing else stands alone', ({
    assert,
  }) => {
    const office = [1, 2, 3].map((number) => document(100 + number, number, [number, 50]))
    const found = persons([...office, document(104, 4, [50])], { blocked: [50] })
    assert.deepEqual(found, { 101: 1, 102: 2, 103: 3, 104: 104 })
  })

  test('a split pair goes different ways, and the rest of the document with the more personal one', ({
    assert,
  }) => {
    const one = document(101, 1, [1, 2, 3])
    assert.deepEqual(joinsOf(one, rulesOf({ splits: [[1, 2]] })).groups, [[1n, 3n], [2n]])
    const found = persons([one, document(102, 2, [2])], { splits: [[2, 1]] })
    assert.deepEqual(found, { 3: 1, 101: 1, 102: 2 })
  })

  test('a document can be split from its own identifier, and from what it names', ({ assert }) => {
    const documents = [document(101, 1, [1, 2], { linked: 102n }), document(102, 2, [3])]
    const found = persons(documents, {
      splits: [
        [101, 102],
        [101, 1],
        [101, 2],
      ],
    })
    assert.deepEqual(found, { 2: 1, 101: 101, 102: 3 })
  })

  test('in any order of documents: what a walk through shared identifiers finds', ({ assert }) => {
    const alias = fc.integer({ min: 1, max: 9 })
    const documents = fc.array(
      fc.record({
        time: fc.integer({ min: 0, max: 4 }),
        aliases: fc.uniqueArray(alias, { maxLength: 4 }),
        isOwned: fc.boolean(),
        linked: fc.integer({ min: 0, max: 12 }),
      }),
      { maxLength: 12 }
    )
    const pair = fc.tuple(alias, alias).filter(([one, other]) => one !== other)
    const guards = fc.record({
      blocked: fc.uniqueArray(alias, { maxLength: 2 }),
      splits: fc.array(pair, { maxLength: 3 }),
    })
    fc.assert(
      fc.property(documents, guards, fc.func(fc.nat()), (drawn, drawnGuards, shuffle) => {
        const made = drawn.map(({ time, aliases, isOwned, linked }, index) =>
          document(101 + index, time, aliases, {
            isOwned,
            linked:
              linked > 0 && linked <= drawn.length && drawn[linked - 1]?.isOwned
                ? BigInt(100 + linked)
                : 0n,
          })
        )
        const shuffled = [...made].sort((a, b) => shuffle(a.key) - shuffle(b.key))
        assert.deepEqual(persons(shuffled, drawnGuards), persons(made, drawnGuards))
        assert.deepEqual(partition(persons(made, drawnGuards), made), walked(made, drawnGuards))
      }),
      { numRuns: 300, seed: 7 }
    )
  })
})

/** Who is together with whom, whatever they are called. */
function partition(found: Record<string, number>, documents: readonly LinkedDocument[]): string[] {
  const groups = new Map<string, string[]>()
  for (const node of nodesOf(documents)) {
    const person = String(found[node] ?? node)
    groups.set(person, [...(groups.get(person) ?? []), node])
  }
  return [...groups.values()].map((group) => group.sort().join(' ')).sort()
}

function nodesOf(documents: readonly LinkedDocument[]): string[] {
  const keys = documents.flatMap(({ key, aliases, isOwned }) => [
    ...aliases,
    ...(isOwned ? [key] : []),
  ])
  return [...new Set(keys.map(String))]
}

/** The same by walking from node to node along what documents say. */
function walked(documents: readonly LinkedDocument[], guards: Guards): string[] {
  const edges = documents.flatMap((one) => {
    const { groups, owner, linked } = joinsOf(one, rulesOf(guards))
    const within = groups.flatMap((group) =>
      group.map((alias) => [group[0] ?? alias, alias] as const)
    )
    const own = [owner, linked].flatMap((other) =>
      other === undefined ? [] : [[one.key, other] as const]
    )
    return one.isOwned ? [...within, ...own] : within
  })
  const seen = new Set<string>()
  const groups: string[] = []
  for (const start of nodesOf(documents)) {
    const group = reach(start, edges, seen)
    if (group.length > 0) groups.push(group.sort().join(' '))
  }
  return groups.sort()
}

function reach(
  start: string,
  edges: readonly (readonly [bigint, bigint])[],
  seen: Set<string>
): string[] {
  const waiting = [start]
  const group: string[] = []
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node)) continue
    seen.add(node)
    group.push(node)
    for (const [one, other] of edges) {
      if (String(one) === node) waiting.push(String(other))
      if (String(other) === node) waiting.push(String(one))
    }
  }
  return group
}
