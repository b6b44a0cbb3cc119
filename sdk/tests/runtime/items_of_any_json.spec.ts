import { test } from '@japa/runner'
import { SourceError, z, type SourceErrorCode } from '@analyticaflow/sdk'
import fc from 'fast-check'
import { over } from './streamed.ts'

const Anything = z.unknown()

/** What an answer comes to: its rows, or why it was refused. */
type Outcome = { rows: unknown[] } | { code: SourceErrorCode }

async function read(chunks: Iterable<Uint8Array>, at: string): Promise<Outcome> {
  const rows: unknown[] = []
  const { http } = over(chunks)
  try {
    for await (const batch of http.items('/', { row: Anything, at, size: 3 })) {
      rows.push(...batch.rows)
    }
    return { rows }
  } catch (error) {
    if (error instanceof SourceError) return { code: error.code }
    throw error
  }
}

/** The text in chunks whose sizes are drawn, over and over. */
function* inChunks(text: string, sizes: readonly number[]): Generator<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1
    yield bytes.subarray(at, at + size)
    at += size
  }
}

/** The text with each of the letters before, and instead of, each of its own. */
function* withOneLetter(text: string, letters: string): Generator<string> {
  for (let at = 0; at < text.length; at += 1) {
    for (const letter of letters) {
      yield text.slice(0, at) + letter + text.slice(at)
      yield text.slice(0, at) + letter + text.slice(at + 1)
    }
  }
}

/** The lists at a path of a value; undefined where something else than a list is there. */
function listsIn(value: unknown, [name, ...rest]: readonly string[]): unknown[][] | undefined {
  if (name === undefined) {
    if (value === null) return []
    return Array.isArray(value) ? [value] : undefined
  }
  if (typeof value !== 'object' || value === null) return []
  const inner =
    name === '*'
      ? Object.values(value)
      : Object.entries(value).flatMap(([key, one]) =>
          key === name && !Array.isArray(value) ? [one] : []
        )
  const lists = inner.map((one) => listsIn(one, rest))
  return lists.every((found) => found !== undefined) ? lists.flat() : undefined
}

function expected(text: string, at: string): unknown[] | undefined {
  let whole: unknown
  try {
    whole = JSON.parse(text) as unknown
  } catch {
    return undefined
  }
  const isRoot = at === '' || at.startsWith('*') ? Array.isArray(whole) : !Array.isArray(whole)
  if (!isRoot || typeof whole !== 'object' || whole === null) return undefined
  return listsIn(whole, at === '' ? [] : at.split('.'))?.flat()
}

const names = ['results', 'rows', 'data', 'é"\\', 'x']
const { value, list } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double({ noDefaultInfinity: true, noNaN: true }),
      fc.constantFrom(null, true, false, '', '[', '}', '\\"', 0)
    ),
    tie('list'),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { noNullPrototype: true })
  ),
  list: fc.array(tie('value'), { maxLength: 5 }),
}))

const envelope = fc.record(
  { results: list, data: fc.record({ rows: list, x: value }), x: value },
  { requiredKeys: [] }
)
/** Bodies of the shapes that paths are for, and others. */
const bodies = fc.oneof(list, fc.array(envelope, { maxLength: 4 }), envelope, value)
const ats = fc.constantFrom(
  '',
  '*.results',
  'data.rows',
  '*',
  'results',
  'data.*.rows',
  '*.data.rows'
)
const texts = fc
  .tuple(bodies, fc.constantFrom(undefined, 1, '\t'))
  .map(([body, space]) => JSON.stringify(body, null, space))
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 })

test.group('items of any JSON', () => {
  test('are those that the whole text holds, wherever it is cut', async ({ assert }) => {
    await fc.assert(
      fc.asyncProperty(texts, ats, sizes, async (text, at, cuts) => {
        const found = await read(inChunks(text, cuts), at)
        const rows = expected(text, at)
        assert.deepEqual(found, rows === undefined ? { code: 'vendor_response' } : { rows })
      }),
      { numRuns: 200 }
    )
  })

  test('are refused wherever one letter makes it no JSON, and nowhere else', async ({ assert }) => {
    const bodies = [
      ['*.results', String.raw`[{"results":[1,{"a":[2]}, "\\]"],"x":"\""},{"results":[]}]`],
      ['data.rows', '{"x":[{}],"data":{"rows":[{},-1.5e1] , "y":{}}}'],
      ['', '[[],{}]'],
    ] as const
    for (const [at, text] of bodies) {
      for (const spoilt of withOneLetter(text, ',:[]{}"\\0-e n')) {
        const found = await read(inChunks(spoilt, [7]), at)
        assert.equal('code' in found, expected(spoilt, at) === undefined, spoilt)
      }
    }
  })

  test('that break off are never taken for all', async ({ assert }) => {
    await fc.assert(
      fc.asyncProperty(texts, fc.nat(), ats, sizes, async (text, place, at, cuts) => {
        fc.pre(expected(text, at) !== undefined)
        const found = await read(inChunks(text.slice(0, place % text.length), cuts), at)
        assert.deepEqual(found, { code: 'vendor_unavailable' })
      }),
      { numRuns: 100 }
    )
  })
})
