import { test } from '@japa/runner'
import { rebuildProject } from '#ingestion/public'
import { useDatabases } from '#tests/databases'
import { file, visits } from '../helpers/file.ts'
import { People, useStall } from '../helpers/people.ts'
import { keysBeside, traces, type Needles } from '../helpers/traces.ts'

/** Everything by which Mira is known in the files. */
async function traceOf(words: readonly string[]): Promise<Needles> {
  return { words: [...words], keys: await keysBeside(words) }
}

async function wordsOfMira(shop: People): Promise<string[]> {
  return [
    ...['cust-mira', 'mira.quell', 'mira-click', 'GA1.2.555.777', '7946 0911', '442079460911'],
    ...['MQ-1001', 'MQ-1002', 'C-MQ-1077', 'contact-mira', 'deal-mira'],
    await shop.hashOf('mira.quell@example.org'),
    await shop.hashOf('442079460911'),
  ]
}

const deals = [
  'deal_id,created_at,contact_id,email,phone,order_id,won,amount',
  'deal-mira-1,2026-01-04,contact-mira,,+44 20 79460911,,yes,12.00',
  'deal-mira-2,2026-01-06,contact-mira,,,MQ-1002,no,5.00',
  'deal-other,2026-01-06,contact-other,other@example.org,,,yes,9.00',
]
const customers = [
  'customer_id,email,phone,client_id,country,city',
  'cust-mira,MIRA.QUELL@example.org,,,GB,Quellstead',
  'cust-other,other@example.org,,,GB,Elsewhere',
]
const broken = [
  ...file.slice(0, 1),
  'MQ-1003,not a day,1,5.00,cust-mira,mira.quell@example.org,,,GB,,,,,',
  'OT-9,not a day,1,5.00,cust-other,,,,GB,,,,,',
]

test.group('erasure', (group) => {
  useDatabases(group, { clickhouse: true })
  useStall(group)

  test('a person leaves no trace, no total moves, and the files do not bring them back', async ({
    assert,
  }) => {
    const shop = await People.open()
    await shop.import('lines', file)
    await shop.import('visits', visits)
    await shop.import('deals', deals)
    await shop.import('customers', customers)
    await shop.import('lines', broken, 'broken', 'mira.quell@example.org.csv')
    const before = await shop.totals()
    const needles = await traceOf([...(await wordsOfMira(shop)), 'MQ-1003', 'Quellstead'])
    assert.isAbove((await traces(shop.id, needles)).length, 40)

    await shop.erase({ type: 'email', value: ' Mira.Quell@example.org' })
    assert.deepEqual(await shop.totals(), before)
    assert.deepEqual(await traces(shop.id, needles), [])

    // As a last step all of it comes again, with a line that is new.
    const more = 'MQ-1004,2026-01-09,1,1.50,cust-mira,,,,GB,google,cpc,spring,,'
    await shop.import('lines', file)
    await shop.import('visits', visits)
    await shop.import('deals', deals)
    await shop.import('customers', customers)
    assert.deepEqual(await shop.totals(), before)
    await rebuildProject(shop.id)
    assert.deepEqual(await shop.totals(), before)
    await shop.import('lines', [...file, more])
    const { people } = await shop.totals()
    assert.deepEqual(people, before.people, 'the new order is of the same, unknown customer')
    assert.deepEqual(
      await traces(shop.id, { ...needles, words: [...needles.words, 'MQ-1004'] }),
      []
    )
    shop.close()
  }).timeout(300_000)
})
