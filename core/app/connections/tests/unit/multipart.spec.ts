import { test } from '@japa/runner'
import { boundaryOf, MalformedMultipart, partsOf } from '../../multipart.ts'

interface Read {
  name: string
  fileName: string | undefined
  text: string
}

/** The body in pieces of `size` bytes. */
function* pieces(text: string, size: number): Generator<Uint8Array> {
  const bytes = Buffer.from(text, 'latin1')
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function* stream(text: string, size: number): AsyncGenerator<Uint8Array> {
  for (const piece of pieces(text, size)) yield await Promise.resolve(piece)
}

async function read(text: string, size = 7, boundary = 'B'): Promise<Read[]> {
  const parts: Read[] = []
  for await (const { name, fileName, body } of partsOf(stream(text, size), boundary)) {
    const chunks: Uint8Array[] = []
    for await (const chunk of body) chunks.push(Uint8Array.from(chunk))
    parts.push({ name, fileName, text: Buffer.concat(chunks).toString('latin1') })
  }
  return parts
}

const part = (disposition: string, body: string) =>
  `--B\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: text/plain\r\n\r\n${body}\r\n`

const whole = `${part('name="spec"', '{"a":1}')}${part('name="file"; filename="o.csv"', 'x\r\n--\r\n-B\r\n--A')}--B--\r\n`

test.group('multipart', () => {
  test('gives the same parts wherever the chunks are cut', async ({ assert }) => {
    const expected = [
      { name: 'spec', fileName: undefined, text: '{"a":1}' },
      { name: 'file', fileName: 'o.csv', text: 'x\r\n--\r\n-B\r\n--A' },
    ]
    for (const size of [1, 2, 3, 5, 8, 64, 4096]) {
      assert.deepEqual(await read(whole, size), expected, `chunks of ${size}`)
    }
  })

  test('reads empty parts, preambles and epilogues', async ({ assert }) => {
    const parts = await read(`before\r\n${part('name="a"', '')}--B--\r\nafter`)
    assert.deepEqual(parts, [{ name: 'a', fileName: undefined, text: '' }])
  })

  test('a part that nobody reads, or reads half, does not shift the next', async ({ assert }) => {
    const names: string[] = []
    for await (const { name, body } of partsOf(stream(whole, 4), 'B')) {
      names.push(name)
      for await (const _first of body) break
    }
    assert.deepEqual(names, ['spec', 'file'])
  })

  test('file names keep quotes and letters of any language', async ({ assert }) => {
    const name = Buffer.from('заказы %22май%22.csv').toString('latin1')
    const [only] = await read(`${part(`name="file"; filename="${name}"`, '1')}--B--\r\n`)
    assert.equal(only?.fileName, 'заказы "май".csv')
  })

  test('a body that ends early is malformed, not short', async ({ assert }) => {
    for (const cut of [3, 40, 90, whole.length - 6]) {
      await assert.rejects(() => read(whole.slice(0, cut)), MalformedMultipart)
    }
  })

  test('endless headers and nameless parts are refused', async ({ assert }) => {
    const endless = `--B\r\nX: ${'x'.repeat(64 * 1024)}`
    await assert.rejects(() => read(endless, 1024), /too long/)
    await assert.rejects(() => read('--B\r\nX: y\r\n\r\n1\r\n--B--'), /no name/)
  })

  test('takes the boundary with and without quotes', ({ assert }) => {
    assert.equal(boundaryOf('multipart/form-data; boundary=abc'), 'abc')
    assert.equal(boundaryOf('multipart/form-data; charset=x; Boundary="a b"; y=1'), 'a b')
    assert.throws(() => boundaryOf('multipart/form-data'), MalformedMultipart)
  })
})
