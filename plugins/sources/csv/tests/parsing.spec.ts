import { test } from '@japa/runner'
import fc from 'fast-check'
import type { BulkPage } from '@analyticaflow/sdk'
import { readPages } from '../src/read.ts'
import { bytesOf, contextOf, fileOf, importFile } from './support.ts'

const spec = {
  kind: 'customers',
  columns: { customer_id: 'id', email: 'mail', city: 'the city', country: 'c"o' },
}
const header = ['id', 'mail', 'the city', 'c"o', 'unused']

const unit = fc.constantFrom(...'ab,;\t|"\'\\\r\n é😀\u0001\u007fN'.split(/(?:)/u))
const cell = fc.oneof(
  fc.string({ unit, maxLength: 6 }),
  fc.string({ unit: 'grapheme', maxLength: 4 })
)
const record = fc.tuple(
  fc.string({ unit: fc.constantFrom('x', '"', ','), minLength: 1 }),
  cell,
  cell,
  cell,
  cell
)

const format = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  newline: fc.constantFrom('\n', '\r\n'),
  quoteAll: fc.boolean(),
  lastNewline: fc.boolean(),
  blankLines: fc.boolean(),
  bom: fc.boolean(),
})
type Format = typeof format extends fc.Arbitrary<infer F> ? F : never

function write(rows: string[][], style: Format): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const needs = (text: string) =>
    style.quoteAll || /["\r\n]/.test(text) || text.includes(style.delimiter)
  const lines = rows.map((cells) =>
    cells.map((text) => (needs(text) ? quoted(text) : text)).join(style.delimiter)
  )
  const between = style.blankLines ? style.newline + style.newline : style.newline
  return (
    (style.bom ? '\uFEFF' : '') + lines.join(between) + (style.lastNewline ? style.newline : '')
  )
}

test.group('CSV', () => {
  test('any table comes back cell by cell, however it is written and cut', async ({ assert }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 5 }),
        format,
        fc.integer({ min: 1, max: 9 }),
        async (rows, style, chunk) => {
          const file = fileOf(write([header, ...rows], style), chunk)
          const imported = await importFile(spec, file)
          const found = imported.rows('customer')
          assert.deepEqual(imported.rejected, [])
          assert.deepEqual(
            found.map((row) => JSON.parse(row.payload ?? '') as unknown),
            rows.map((cells) => [...cells])
          )
          assert.deepEqual(
            found.map((row) => [row.customer_id, row.email, row.city, row.country]),
            rows.map((cells) => cells.slice(0, 4).map((text) => (text === '\\N' ? '\\N' : text)))
          )
        }
      ),
      { numRuns: 300 }
    )
  })

  test('a file cut at any byte into two chunks gives the same lines', async ({ assert }) => {
    const text = 'id,mail,the city,c"o,unused\r\n1,"a ""b""\r\n",é,😀,\r\n\r\n2,,,,"x"\r\n3,a,b,c,d'
    const whole = bytesOf((await importFile(spec, text)).pages, 'customer')
    assert.equal(whole.toString('utf8').split('\n').length, 4)
    for (let cut = 1; cut < Buffer.byteLength(text); cut++) {
      const { pages } = await importFile(spec, fileOf(text, cut))
      assert.isTrue(bytesOf(pages, 'customer').equals(whole), `cut at ${cut}`)
    }
  })

  test('stopping at any page and going on gives the same bytes and counts', async ({ assert }) => {
    const limits = { rows: 3, bytes: 300, rejectedBytes: 40 }
    const line = fc.oneof(
      record.map((cells) => [...cells]),
      fc.constant<string[]>(['', 'no', 'id', '', ''])
    )
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 15 }), format, async (rows, style) => {
        const context = () => contextOf(spec, write([header, ...rows], style))
        const pages: BulkPage[] = []
        for await (const page of readPages(context(), null, limits)) pages.push(page)
        for (const [index, { next }] of pages.slice(0, -1).entries()) {
          const rest: BulkPage[] = []
          const position = JSON.parse(JSON.stringify(next)) as BulkPage['next']
          for await (const page of readPages(context(), position, limits)) rest.push(page)
          assert.deepEqual(withoutTotals(rest), withoutTotals(pages.slice(index + 1)))
        }
      }),
      { numRuns: 60 }
    )
  })

  test('lines are those that an editor shows, quoted line feeds included', async ({ assert }) => {
    const text = 'id,mail\n\n1,"two\nlines"\n2,x,too many\n,empty\n5,last'
    const imported = await importFile({ ...spec, columns: { customer_id: 'id' } }, text)
    assert.deepEqual(
      imported.rows('customer').map((row) => row.record_key),
      ['3', '7']
    )
    assert.deepEqual(imported.rejected, [
      {
        line: 5,
        field: 'line',
        message: 'The line has 3 cells, the header 2',
        raw: '2,x,too many',
      },
      { line: 6, field: 'customer_id', message: 'id is empty', raw: ',empty' },
    ])
    assert.equal(imported.read, 4)
  })

  test('a record with too few cells, or broken quotes, is set aside and the rest goes on', async ({
    assert,
  }) => {
    const text = 'id,mail\r\n1\r\n2,"a"b\r\n3,c\r\n'
    const imported = await importFile({ ...spec, columns: { customer_id: 'id' } }, text)
    assert.deepEqual(
      imported.rows('customer').map((row) => row.customer_id),
      ['3']
    )
    assert.deepEqual(
      imported.rejected.map(({ line, raw }) => [line, raw]),
      [
        [2, '1'],
        [3, '2,"a"b'],
      ]
    )
  })

  test('quotes and carriage returns inside an unquoted cell are its text', async ({ assert }) => {
    const text = 'id,city\r\n1,5" pipe "x"\r\n2,a\rb\r\n'
    const imported = await importFile(
      { kind: 'customers', columns: { customer_id: 'id', city: 'city' } },
      text
    )
    assert.deepEqual(
      imported
        .rows('customer')
        .map(({ city, payload = '' }) => [city, JSON.parse(payload) as unknown]),
      [
        ['5" pipe "x"', ['1', '5" pipe "x"']],
        ['a\rb', ['2', 'a\rb']],
      ]
    )
  })

  test('a record larger than a page fits, after others and before others', async ({ assert }) => {
    // A control character takes seven bytes in the payload, hence some nine million for this cell.
    const long = '\u0001'.repeat(1_000_000)
    const columns = { customer_id: 'id', email: 'id', city: 'id' }
    const text = `id\n${'a\n'.repeat(9000)}"${long}\\"\nz\n`
    const rows = (await importFile({ kind: 'customers', columns }, text)).rows('customer')
    assert.deepEqual(
      [rows.length, rows[0]?.customer_id, rows.at(-1)?.customer_id],
      [9002, 'a', 'z']
    )
    assert.isTrue(rows.at(-2)?.city === `${long}\\`)
    assert.isTrue(rows.at(-2)?.payload === JSON.stringify([`${long}\\`]))
  })
})

const withoutTotals = (pages: BulkPage[]) =>
  pages.map(({ bulk, read, skipped, rejected, next }) => ({
    bulk: bulk.map(({ kind, bytes, rows }) => [kind, rows, Buffer.from(bytes).toString('utf8')]),
    read,
    skipped,
    rejected,
    next,
  }))
