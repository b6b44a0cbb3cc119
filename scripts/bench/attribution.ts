import type { Client } from './client.ts'
import { untilTidy, type Installation } from './installation.ts'
import { ALL_DAYS, day } from './made_up_shop.ts'
import { sideBySide, timed } from './measure.ts'
import { reportGoal, type Row } from './table.ts'

const QUARTER = 90

/** First and last day of the reports of a round: each round has its own, so that nothing is remembered. */
const ranges = {
  '24 months': (round: number) => ({ date_from: day(round - ALL_DAYS), date_to: day(-1) }),
  '90 days': (round: number) => ({
    date_from: day(-QUARTER - round),
    date_to: day(-1 - round),
  }),
}
type Range = keyof typeof ranges

/** Hashes exactly the columns that are needed of these days. */
const hashed = (columns: string, table: string) => `
  SELECT sum(cityHash64(${columns})) FROM ${table}
  WHERE project_id = {project_id:UInt64} AND date BETWEEN {date_from:Date} AND {date_to:Date}`

const money = 'gross, discount, refunded'
const floors = {
  journeys: hashed(
    `event_time, is_new, ${money}, touch_time, touch_channel, touch_is_direct`,
    'journeys'
  ),
  touch: hashed('alias_key, event_time, touch_key, channel', 'touch'),
  paths: hashed(`event_time, ${money}, touch_time, touch_channel`, 'journeys'),
}

interface Case {
  name: string
  report: 'attribution' | 'journeys'
  request: Record<string, unknown>
  floor: keyof typeof floors
  /** How many times the floor it may take; absent: measured to be watched. */
  goals?: Record<Range, number>
}

const heuristics = [
  'first_touch',
  'last_touch',
  'last_non_direct',
  'linear',
  'position_based',
  'time_decay',
]

const cases: Case[] = [
  {
    name: 'six heuristic models by channel, against the journeys',
    report: 'attribution',
    request: { group_by: 'channel', models: heuristics },
    floor: 'journeys',
    goals: { '24 months': 3, '90 days': 3 },
  },
  {
    name: 'all eight models by channel, against the touches',
    report: 'attribution',
    request: { group_by: 'channel' },
    floor: 'touch',
    goals: { '24 months': 3, '90 days': 3 },
  },
  {
    name: 'all eight models by campaign',
    report: 'attribution',
    request: { group_by: 'campaign' },
    floor: 'touch',
  },
  {
    name: 'journeys of everybody, against the touches',
    report: 'journeys',
    request: { include: 'all' },
    floor: 'touch',
    goals: { '24 months': 6.5, '90 days': 4 },
  },
  {
    name: 'journeys of those who ordered',
    report: 'journeys',
    request: {},
    floor: 'paths',
  },
]

const WARM_UPS = 3

/** Reports over HTTP, none of which was asked for before, against hashing what they need. */
export async function benchAttribution(
  installation: Installation,
  client: Client,
  projectId: string,
  rounds: number
): Promise<Row[]> {
  const { clickhouse } = installation
  const rows: Row[] = []
  const readFloor = (one: Case, range: Range) => async (round: number) => {
    const found = await clickhouse.query({
      query: floors[one.floor],
      query_params: { project_id: projectId, ...ranges[range](round) },
      format: 'JSONEachRow',
    })
    await found.json()
  }
  const ask = (one: Case, range: Range) => (round: number) =>
    client[one.report](projectId, { ...ranges[range](round), ...one.request })
  const warmUp = async (one: Case, range: Range) => {
    for (let round = 0; round < WARM_UPS; round += 1) {
      await readFloor(one, range)(round)
      await ask(one, range)(round)
    }
  }
  const measure = async (one: Case, range: Range) => {
    const floor = readFloor(one, range)
    const report = ask(one, range)
    const times = await sideBySide(
      rounds,
      (round) => timed(() => report(WARM_UPS + round)),
      (round) => timed(() => floor(WARM_UPS + round))
    )
    const goal = one.goals && reportGoal(one.goals[range], times.floor)
    rows.push({ name: `${one.name}, ${range}`, ...times, ...(goal && { goal }) })
  }
  // A server that has just started is busy with itself, and the first case would pay for it.
  await untilTidy(installation)
  for (const one of cases) {
    await warmUp(one, '24 months')
    await warmUp(one, '90 days')
  }
  for (const one of cases) {
    await measure(one, '24 months')
    await measure(one, '90 days')
  }
  return rows
}
