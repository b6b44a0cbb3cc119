import { test } from '@japa/runner'
import { toCsv } from '../../answer/csv.ts'

test.group('CSV', () => {
  test('quotes what needs it, leaves unknowns empty', ({ assert }) => {
    const rows = [
      { name: 'a "b", c', revenue: 10655622.484 },
      { name: null, revenue: null },
    ]
    assert.equal(
      toCsv(['name', 'revenue'], rows),
      'name,revenue\r\n"a ""b"", c",10655622.484\r\n,\r\n'
    )
  })

  test('neutralises what a spreadsheet would run, and keeps numbers', ({ assert }) => {
    const rows = ['=1+1', '+1', '-1', '@x', '\tx'].map((name) => ({ name, figure: -2.5 }))
    assert.deepEqual(toCsv(['name', 'figure'], rows).split('\r\n').slice(1, -1), [
      `'=1+1,-2.5`,
      `'+1,-2.5`,
      `'-1,-2.5`,
      `'@x,-2.5`,
      `'\tx,-2.5`,
    ])
  })
})
