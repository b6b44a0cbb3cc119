import { gzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import fc from 'fast-check'
import { SourceError } from '@analyticaflow/sdk'
import { checkFailure, failureOf, fileOf, importFile } from './support.ts'

const spec = { kind: 'customers', columns: { customer_id: 'id', city: 'city' } }
const text = `id,city\n${Array.from({ length: 40 }, (_, i) => `${i},Town ${i * 7919}`).join('\n')}\n`

const citiesOf = async (bytes: Uint8Array, extra: object = {}) => {
  const imported = await importFile({ ...spec, ...extra }, bytes)
  return imported.rows('customer').map((row) => row.city)
}

test.group('archives', () => {
  test('a packed file loads like the plain one, whatever its name', async ({ assert }) => {
    const plain = await citiesOf(Buffer.from(text))
    assert.lengthOf(plain, 40)
    assert.deepEqual(await citiesOf(gzipSync(text)), plain)
  })

  test('an archive of several members is one file', async ({ assert }) => {
    const two = Buffer.concat([gzipSync('id,city\n1,'), gzipSync('Riga\n')])
    assert.deepEqual(await citiesOf(two), ['Riga'])
  })

  test('an archive cut off at any byte is refused as a file', async ({ assert }) => {
    const packed = gzipSync(text)
    for (let length = 0; length < packed.length; length++) {
      const error = await failureOf(() => importFile(spec, fileOf(packed.subarray(0, length), 50)))
      assert.equal(error.code, 'file_invalid', `cut at ${length}`)
    }
  })

  test('a damaged archive is refused as a file', async ({ assert }) => {
    const packed = gzipSync(text)
    packed.fill(0x55, 40, 60)
    assert.equal((await failureOf(() => importFile(spec, packed))).code, 'file_invalid')
  })
})

test.group('files that are no tables', () => {
  test('an empty file, a workbook and binary data are refused by the check', async ({ assert }) => {
    const workbook = Buffer.from('504b030414000600', 'hex')
    const image = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
    for (const [bytes, message] of [
      [Buffer.alloc(0), /empty/],
      [Buffer.from('\uFEFF'), /empty/],
      [gzipSync(''), /empty/],
      [workbook, /Excel/],
      [image, /not a text file/],
    ] as const) {
      const error = await checkFailure(spec, bytes)
      assert.equal(error.code, 'file_invalid')
      assert.match(error.userMessage, message)
    }
  })

  test('lines that end in carriage returns alone are refused with what to do', async ({
    assert,
  }) => {
    const error = await checkFailure(spec, 'id,city\r1,Riga\r')
    assert.equal(error.code, 'file_invalid')
    assert.include(error.userMessage, 'carriage returns')
  })

  test('a header of thousands of columns does not flood the message', async ({ assert }) => {
    const names = Array.from({ length: 5000 }, (_, i) => `column${i}`)
    for (const header of [names.slice(0, 1500).join(','), names.join(',')]) {
      const error = await checkFailure(spec, `${header}\n`)
      assert.isBelow(error.userMessage.length, 1000)
    }
  })

  test('a quote that is never closed is named with its line', async ({ assert }) => {
    const error = await failureOf(() => importFile(spec, 'id,city\n1,a\n2,"b\n3,c\n'))
    assert.deepEqual([error.code, error.detail.line], ['file_invalid', 3])
    const endless = `id,city\n1,"${'x\n'.repeat(700_000)}`
    const long = await failureOf(() => importFile(spec, endless))
    assert.deepEqual([long.code, long.detail.line], ['file_invalid', 2])
  })

  test('no bytes whatever break the import', async ({ assert }) => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom('id,city\n', '1,"', '"', '\r\n', '\n', ',').map((part) => Buffer.from(part))
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), fc.boolean(), async (pieces, packed) => {
        const garbage = Buffer.concat([Buffer.from(packed ? 'id,city\n' : ''), ...pieces])
        try {
          const { pages, read, skipped, rejected } = await importFile(spec, fileOf(garbage, 7))
          const loaded = pages.flatMap(({ bulk }) => bulk).reduce((sum, { rows }) => sum + rows, 0)
          assert.equal(read, loaded + skipped + rejected.length)
        } catch (error) {
          assert.instanceOf(error, SourceError)
        }
      }),
      { numRuns: 500 }
    )
  })
})

test.group('encodings', () => {
  const cities = ['Кёльн', 'Città']
  const table = `id,city\n1,${cities.join('\n2,')}\n`
  const utf16 = Buffer.from(`\uFEFF${table}`, 'utf16le')

  test('UTF-8 and UTF-16 are told by their byte order marks', async ({ assert }) => {
    assert.deepEqual(await citiesOf(Buffer.from(`\uFEFF${table}`)), cities)
    assert.deepEqual(await citiesOf(utf16), cities)
    assert.deepEqual(await citiesOf(Buffer.from(utf16).swap16()), cities)
    assert.deepEqual(await citiesOf(gzipSync(utf16)), cities)
  })

  test('Windows encodings are read when they are named', async ({ assert }) => {
    const cyrillic = Buffer.from([
      0x69, 0x64, 0x2c, 0x63, 0x69, 0x74, 0x79, 0x0a, 0x31, 0x2c, 0xcc, 0xee,
    ])
    assert.deepEqual(await citiesOf(cyrillic, { encoding: 'windows-1251' }), ['Мо'])
    const latin = Buffer.from('id,city\n1,Citt\u00e0', 'latin1')
    assert.deepEqual(await citiesOf(latin, { encoding: 'windows-1252' }), ['Città'])
    const error = await checkFailure(spec, cyrillic)
    assert.deepEqual([error.code, error.detail.field], ['file_invalid', 'encoding'])
  })

  test('one broken line far down is set aside, not the file', async ({ assert }) => {
    const many = Array.from({ length: 20_000 }, (_, i) => `${i},Town`).join('\n')
    const broken = Buffer.concat([
      Buffer.from(`id,city\n${many}\n`),
      Buffer.from('x,Citt\u00e0\n', 'latin1'),
      Buffer.from('y,Città\n'),
    ])
    const imported = await importFile(spec, broken)
    assert.lengthOf(imported.rows('customer'), 20_001)
    assert.deepEqual(
      imported.rejected.map(({ line, message }) => [line, message]),
      [[20_002, 'The line is not UTF-8']]
    )
  })
})
