import { test } from '@japa/runner'
import fc from 'fast-check'
import { decimalProblem, plainDecimal } from '../src/cells/decimal_text.ts'
import { TimeZone } from '../src/time_zone.ts'
import { importFile } from './support.ts'

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

/** Imports one order line per cell of one column, the others being in order. */
async function column(field: string, cells: string[], spec: object = {}) {
  const good: Record<string, string> = {
    order_id: 'o',
    ordered_at: '2025-06-01 10:00:00',
    quantity: '1',
    unit_price: '1',
    currency: 'EUR',
    tax: '',
  }
  const fields = Object.keys({ ...good, [field]: '' })
  const lines = cells.map((cell) =>
    fields.map((name) => quoted(name === field ? cell : (good[name] ?? ''))).join(',')
  )
  const columns = Object.fromEntries(fields.map((name) => [name, name]))
  const file = [fields.join(','), ...lines].join('\n')
  const imported = await importFile({ kind: 'order_lines', columns, ...spec }, file)
  const values = imported.rows('order_line').map((row) => row[field] ?? '')
  const problems = imported.rejected.map(({ field: at, message }) => `${at}: ${message}`)
  return { values, problems }
}

test.group('decimals', () => {
  test('are kept digit by digit', async ({ assert }) => {
    const plain = ['2.55', '-12', '0', '-0.001', '99999999999.999999999']
    assert.deepEqual(await column('unit_price', plain), { values: plain, problems: [] })
    const amounts = ['999999999999999.999999999']
    assert.deepEqual(await column('tax', amounts), { values: amounts, problems: [] })
  })

  test('lose what only decorates them', async ({ assert }) => {
    const { values } = await column('unit_price', [
      '+5',
      '.5',
      '5.',
      ' 7 ',
      '000000000000000012.50',
    ])
    assert.deepEqual(values, ['5', '0.5', '5', '7', '12.50'])
  })

  test('that cannot be kept are set aside with what to do', async ({ assert }) => {
    const cells = [
      '1,234.50',
      '12,5',
      '1.234,56',
      '1e5',
      '£2.55',
      '1.0000000001',
      '100000000000',
      '',
    ]
    const { values, problems } = await column('unit_price', cells)
    assert.deepEqual(values, [])
    assert.deepEqual(problems, [
      'unit_price: unit_price “1,234.50” has thousands separators; write it without them',
      'unit_price: unit_price “12,5” has a decimal comma; import with decimal_comma: true',
      'unit_price: unit_price “1.234,56” has a decimal comma; import with decimal_comma: true',
      'unit_price: unit_price “1e5” has an exponent; write it out in full',
      'unit_price: unit_price “£2.55” is not a number such as -12.30',
      'unit_price: unit_price “1.0000000001” has more than 9 decimals',
      'unit_price: unit_price “100000000000” is too large: it has to be below 10^11',
      'unit_price: unit_price is empty',
    ])
  })

  test('may be written with commas when the import says so', async ({ assert }) => {
    const cells = [
      '1.234,56',
      '12,5',
      '-7',
      '1.234',
      '1 234 567,8',
      '1\u00a0234,5',
      '1,2,3',
      '1.23',
    ]
    const { values, problems } = await column('unit_price', cells, { decimal_comma: true })
    assert.deepEqual(values, ['1234.56', '12.5', '-7', '1234', '1234567.8', '1234.5'])
    assert.lengthOf(problems, 2)
    assert.match(problems[1] ?? '', /decimal point/)
  })

  test('that are multiplied leave room for their product', async ({ assert }) => {
    assert.deepEqual((await column('quantity', ['999999999', '1000000000'])).problems, [
      'quantity: quantity “1000000000” is too large: it has to be below 10^9',
    ])
  })

  test('that are optional may be empty', async ({ assert }) => {
    assert.deepEqual((await column('tax', ['', ' ', '1.5'])).values, ['0', '0', '1.5'])
  })

  test('no text is refused without a reason, or changed in value', ({ assert }) => {
    const text = fc.string({
      unit: fc.constantFrom(...Array.from('0123456789.,+-e ')),
      maxLength: 22,
    })
    fc.assert(
      fc.property(text, fc.boolean(), (raw, comma) => {
        const cell = raw.trim()
        const plain = plainDecimal(cell, comma)
        if (plain === undefined) assert.isNotEmpty(decimalProblem(cell, comma))
        else {
          assert.match(plain, /^-?\d{1,15}(\.\d{1,9})?$/)
          if (!comma) assert.equal(Number(plain), Number(cell))
        }
      }),
      { numRuns: 2000 }
    )
  })
})

test.group('times', () => {
  const at = async (cells: string[], spec: object = {}) => {
    const { values, problems } = await column('ordered_at', cells, spec)
    return { times: values.map((text) => new Date(Number(text) * 1000).toISOString()), problems }
  }

  test('of ISO 8601 are read as they come', async ({ assert }) => {
    const { times } = await at([
      '2025-06-01 10:20:30',
      '2025-06-01T10:20',
      '2025-06-01',
      ' 2025-06-01 10:20:30.1234567 ',
      '2025-06-01T10:20:30Z',
      '2025-06-01 10:20:30 +03:00',
      '2025-06-01T10:20:30-0530',
    ])
    assert.deepEqual(times, [
      '2025-06-01T10:20:30.000Z',
      '2025-06-01T10:20:00.000Z',
      '2025-06-01T00:00:00.000Z',
      '2025-06-01T10:20:30.123Z',
      '2025-06-01T10:20:30.000Z',
      '2025-06-01T07:20:30.000Z',
      '2025-06-01T15:50:30.000Z',
    ])
  })

  test('with an offset that no clock has are set aside', async ({ assert }) => {
    const { problems } = await at(['2025-06-01 10:20+99:99', '2025-06-01 10:20+05:60'])
    assert.lengthOf(problems, 2)
  })

  test('are those of the time zone; an offset of their own wins', async ({ assert }) => {
    const { times } = await at(['2025-01-01 10:00', '2025-07-01 10:00', '2025-07-01 10:00+00:00'], {
      timezone: 'America/New_York',
    })
    assert.deepEqual(times, [
      '2025-01-01T15:00:00.000Z',
      '2025-07-01T14:00:00.000Z',
      '2025-07-01T10:00:00.000Z',
    ])
  })

  test('that the clocks skip move forward, those shown twice are the earlier', async ({
    assert,
  }) => {
    const { times } = await at(
      [
        '2025-03-30 00:59',
        '2025-03-30 01:30',
        '2025-03-30 02:00',
        '2025-10-26 01:30',
        '2025-10-26 02:00',
      ],
      { timezone: 'Europe/London' }
    )
    assert.deepEqual(times, [
      '2025-03-30T00:59:00.000Z',
      '2025-03-30T01:30:00.000Z',
      '2025-03-30T01:00:00.000Z',
      '2025-10-26T00:30:00.000Z',
      '2025-10-26T02:00:00.000Z',
    ])
  })

  test('that do not exist, or lie outside 1970 to 2105, are set aside', async ({ assert }) => {
    const { times, problems } = await at([
      '2025-02-29',
      '2025-13-01',
      '2025-06-01 24:00',
      '1969-12-31 23:59:59',
      '2106-01-01',
      '0025-06-01',
      '01/06/2025',
      '',
    ])
    assert.deepEqual(times, [])
    const reasons = problems.map((problem) =>
      problem.replace(/^ordered_at: ordered_at (“.*?” )?/, '')
    )
    const missing = 'is a date or time that does not exist'
    const outside = 'is outside the years 1970 to 2105'
    assert.deepEqual(reasons.slice(0, 6), [missing, missing, missing, outside, outside, missing])
    assert.match(reasons[6] ?? '', /date_format/)
    assert.equal(reasons[7], 'is empty')
  })

  test('of other forms follow the date format', async ({ assert }) => {
    const slashes = await at(
      ['01/06/2025 7:05', '1/6/2025 17:05', '1/6/2025 17:05 +02:00', '2025-06-01'],
      {
        date_format: 'DD/MM/YYYY HH:mm',
      }
    )
    assert.deepEqual(slashes.times, [
      '2025-06-01T07:05:00.000Z',
      '2025-06-01T17:05:00.000Z',
      '2025-06-01T15:05:00.000Z',
    ])
    assert.deepEqual(slashes.problems, [
      'ordered_at: ordered_at “2025-06-01” does not look like DD/MM/YYYY HH:mm',
    ])
    const packed = await at(['20250601'], { date_format: 'YYYYMMDD' })
    assert.deepEqual(packed.times, ['2025-06-01T00:00:00.000Z'])
    const dots = await at(['01.06.2025 10:20:30', '01-06-2025 10:20:30'], {
      date_format: 'DD.MM.YYYY HH:mm:ss',
    })
    assert.deepEqual(dots.times, ['2025-06-01T10:20:30.000Z'])
  })

  test('agree with the clock of the zone on every day of many years', ({ assert }) => {
    const zones = [
      'Europe/London',
      'America/St_Johns',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
    ]
    const moment = fc.integer({
      min: Date.UTC(1972, 0, 3) / 60_000,
      max: Date.UTC(2040, 0, 1) / 60_000,
    })
    fc.assert(
      fc.property(fc.constantFrom(...zones), moment, (name, minutes) => {
        const instant = minutes * 60_000
        const format = new Intl.DateTimeFormat('sv', {
          timeZone: name,
          dateStyle: 'short',
          timeStyle: 'medium',
        })
        const wall = Date.parse(`${format.format(instant).replace(' ', 'T')}Z`)
        const found = new TimeZone(name).instant(wall)
        // An hour shown twice may be read as the first of the two, never as the second.
        assert.isTrue(found === instant || (found < instant && found >= instant - 7_200_000))
        assert.equal(format.format(found), format.format(instant))
      }),
      { numRuns: 200 }
    )
  })
})

test.group('other cells', () => {
  test('currencies are codes, in any case', async ({ assert }) => {
    const { values, problems } = await column('currency', ['EUR', 'gbp', ' usd', '€', ''])
    assert.deepEqual(values, ['EUR', 'GBP', 'USD'])
    assert.deepEqual(problems, [
      'currency: currency “€” is not a currency code of ISO 4217, such as EUR',
      'currency: currency is empty',
    ])
  })

  test('texts are kept with their spaces, quotes and tabs', async ({ assert }) => {
    const names = [' WHITE "METAL" LANTERN ', 'a\tb\\N', '\\N', 'two\nlines', '']
    assert.deepEqual((await column('product_name', names)).values, [
      ' WHITE "METAL" LANTERN ',
      'a\tb\\N',
      '\\N',
      'two\nlines',
      '',
    ])
  })

  test('a repeated cell is read as the first time, also after a refused one', async ({
    assert,
  }) => {
    const { values, problems } = await column('currency', ['EUR', 'EUR', 'xx', 'EUR', 'xx'])
    assert.deepEqual([values.length, problems.length], [3, 2])
  })
})
