import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { file, visits } from '../helpers/file.ts'
import { People, useStall } from '../helpers/people.ts'
import { traces } from '../helpers/traces.ts'

test.group('erasure', (group) => {
  useDatabases(group, { clickhouse: true })
  useStall(group)

  test('a person leaves no trace, and no total moves', async ({ assert }) => {
    const shop = await People.open()
    await shop.import('lines', file)
    await shop.import('visits', visits)
    const before = await shop.totals()
    const needles = {
      words: [
        ...['cust-mira', 'mira.quell', 'GA1.2.555.777', '7946 0911', '442079460911'],
        ...['MQ-1001', 'MQ-1002', 'C-77', 'mira-click'],
        await shop.hashOf('mira.quell@example.org'),
        await shop.hashOf('442079460911'),
      ],
      keys: [],
    }
    await shop.erase({ type: 'email', value: ' Mira.Quell@example.org' })
    assert.deepEqual(await shop.totals(), before)
    assert.deepEqual(await traces(shop.id, needles), [])
    await shop.import('lines', file)
    assert.deepEqual(await shop.totals(), before)
    assert.deepEqual(await traces(shop.id, needles), [])
    shop.close()
  }).timeout(120_000)
})
