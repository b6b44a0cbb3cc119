import type { Assert } from '@japa/assert'
import { test } from '@japa/runner'
import fc from 'fast-check'
import { useDatabases } from '#tests/databases'
import type { FlowLink, JourneysReport } from '../../journeys/schemas.ts'
import { linksOf, pathsOf, type FlowQuestion } from '../helpers/flow_oracle.ts'
import { projectOf, readJourneys, type Sale, type Visit } from '../helpers/paths.ts'

const channels = ['Direct', 'Email', 'Paid Search', 'Organic Search', 'Referral']
const START = Date.parse('2024-03-01T00:00:00Z')
const at = (hour: number) => new Date(START + hour * 3_600_000).toISOString()

/** Few persons and hours, so that touches and orders meet in every way. */
const visit = fc.record({
  alias: fc.integer({ min: 1, max: 12 }),
  hour: fc.integer({ min: 0, max: 400 }),
  channel: fc.constantFrom(...channels),
})
const sale = fc.record({
  person: fc.integer({ min: 0, max: 14 }),
  hour: fc.integer({ min: 0, max: 400 }),
  cents: fc.integer({ min: 1, max: 100_000 }),
  isNew: fc.boolean(),
})
const question = fc.record<FlowQuestion>({
  depth: fc.constant(1),
  from: fc.constant('start' as const),
  include: fc.constantFrom('converted', 'all'),
  collapse_repeats: fc.boolean(),
  window_days: fc.constantFrom(1, 3, 90, 120),
  min_share: fc.constantFrom(0, 0.05, 0.2, 0.5),
  customers: fc.constantFrom('all', 'new'),
})
const story = fc.record({
  visits: fc.array(visit, { maxLength: 120 }),
  sales: fc.array(sale, { maxLength: 25 }),
  questions: fc.array(question, { minLength: 20, maxLength: 20 }),
})

const byEnds = (links: readonly FlowLink[]) =>
  [...links].sort((one, other) =>
    `${one.source} ${one.target}` < `${other.source} ${other.target}` ? -1 : 1
  )
const cents = (amount: number) => Math.round(amount * 100)
const sum = (links: readonly FlowLink[]) => ({
  value: links.reduce((all, { value }) => all + value, 0),
  conversions: links.reduce((all, { conversions }) => all + conversions, 0),
  cents: links.reduce((all, { revenue }) => all + cents(revenue), 0),
})

/** What flows into a node flows out of it; all that begins ends. */
function checkConservation(assert: Assert, { nodes, links, totals }: JourneysReport) {
  for (const { id, kind, value, conversions, revenue } of nodes) {
    const isEnd = kind === 'conversion' || kind === 'no_conversion'
    const whole = { value, conversions, cents: cents(revenue) }
    const out = sum(links.filter(({ source }) => source === id))
    const into = sum(links.filter(({ target }) => target === id))
    assert.deepEqual(isEnd ? into : out, whole, id)
    assert.isAtMost(into.value, value, id)
  }
  const converting = sum(links.filter(({ target }) => target === 'conversion'))
  assert.deepEqual(converting, {
    value: totals.conversions,
    conversions: totals.conversions,
    cents: cents(totals.revenue),
  })
  const lost = sum(links.filter(({ target }) => target === 'no_conversion'))
  assert.equal(converting.value + lost.value, totals.paths)
}

test.group('Journeys report, random journeys', (group) => {
  useDatabases(group, { clickhouse: true })

  test('at every depth, in both directions: the flow is conserved and is that of the paths', async ({
    assert,
  }) => {
    const property = fc.asyncProperty(story, async ({ visits, sales, questions }) => {
      const made: Visit[] = visits.map(({ hour, ...more }, place) => ({
        ...more,
        at: at(hour),
        key: place + 1,
      }))
      const sold: Sale[] = sales.map(({ hour, cents: amount, ...more }, place) => ({
        ...more,
        id: `S${place}`,
        at: at(hour),
        gross: (amount / 100).toFixed(2),
      }))
      const project = await projectOf({ visits: made, sales: sold })
      for (const [place, asked] of questions.entries()) {
        const from = place % 2 === 0 ? 'start' : 'end'
        const whole: FlowQuestion = { ...asked, from, depth: 1 + Math.floor(place / 2) }
        const report = await readJourneys(project, { ...whole })
        const paths = pathsOf(made, sold, whole)
        assert.deepEqual(byEnds(report.links), byEnds(linksOf(paths, whole)))
        assert.equal(report.totals.paths, paths.length)
        checkConservation(assert, report)
      }
    })
    await fc.assert(property, { numRuns: 6 })
  }).timeout(180_000)
})
