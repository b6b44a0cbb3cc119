import { gzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import { HeadError, readHead } from '../src/features/imports/read_head.ts'
import { guessDelimiter, parseRows } from '../src/features/imports/parse_csv.ts'

const blob = (...parts: (string | Uint8Array<ArrayBuffer>)[]) => new Blob(parts)
const faultOf = async (file: Blob) => {
  try {
    await readHead(file)
    return null
  } catch (error) {
    return error instanceof HeadError ? error.fault : error
  }
}

test.group('Rows of a file', () => {
  test('quotes hold delimiters, line ends and doubled quotes', ({ assert }) => {
    const text = 'a,b\r\n"x, ""y""","two\nlines"\n1,2\n'
    assert.deepEqual(parseRows(text, ',', true), [
      ['a', 'b'],
      ['x, "y"', 'two\nlines'],
      ['1', '2'],
    ])
  })

  test('a row cut off by the end of the read part is left out', ({ assert }) => {
    assert.deepEqual(parseRows('a,b\n1,2\n3,', ',', false), [
      ['a', 'b'],
      ['1', '2'],
    ])
    assert.deepEqual(parseRows('a,b\n1,2', ',', true).at(-1), ['1', '2'])
  })

  test('the delimiter is told from the header, quoted text aside', ({ assert }) => {
    assert.equal(guessDelimiter('"a, b, c";d\n1;2'), ';')
    assert.equal(guessDelimiter('a\tb\tc\n'), '\t')
    assert.equal(guessDelimiter('a,b'), ',')
  })
})

test.group('Beginning of a file', () => {
  test('gzip, byte order marks and Windows code pages are read', async ({ assert }) => {
    const csv = 'id,name\n1,Ёлка и чай\n'
    const packed = await readHead(blob(new Uint8Array(gzipSync(csv))))
    assert.deepInclude(packed, { compressed: true, encoding: 'utf-8', columns: ['id', 'name'] })
    assert.deepEqual(packed.rows, [['1', 'Ёлка и чай']])

    const utf16 = await readHead(blob(new Uint8Array(Buffer.from(`\ufeff${csv}`, 'utf16le'))))
    assert.deepInclude(utf16, { encoding: 'utf-16', columns: ['id', 'name'] })

    const cyrillic = Uint8Array.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2])
    const old = await readHead(blob('id;name\n1;', cyrillic, '\n'))
    assert.equal(old.encoding, 'windows-1251')
    assert.deepEqual(old.rows, [['1', 'Привет']])

    const western = await readHead(blob('id;name\n1;Caf', Uint8Array.from([0xe9]), '\n'))
    assert.equal(western.encoding, 'windows-1252')
    assert.deepEqual(western.rows, [['1', 'Café']])
  })

  test('a character cut by the end of the read part does not change the encoding', async ({
    assert,
  }) => {
    const head = await readHead(blob('a,b\n', 'x,ё\n'.repeat(200_000)))
    assert.equal(head.encoding, 'utf-8')
    assert.isAbove(head.rows.length, 1000)
  })

  test('what cannot be a table is refused with its reason', async ({ assert }) => {
    assert.equal(await faultOf(blob('')), 'empty')
    assert.equal(await faultOf(blob('a,b\n')), 'empty')
    assert.equal(await faultOf(blob('one\n1\n2\n')), 'one_column')
    assert.equal(await faultOf(blob(Uint8Array.from([0x50, 0x4b, 0, 0, 1, 2]))), 'binary')
    const packed = gzipSync('a,b\n1,2\n'.repeat(5000))
    assert.equal(await faultOf(blob(new Uint8Array(packed.subarray(0, 40)))), 'broken_gzip')
  })
})
