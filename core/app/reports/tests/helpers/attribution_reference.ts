import { cleanCampaignName } from '@analyticaflow/sdk'
import {
  attribute,
  AttributionParameters,
  nullPathOf,
  type Attribution,
  type Figures,
  type NullPath,
  type Path,
  type Touch,
} from '#attribution/public'
import { AttributionSettings } from '#measurement/public'
import type { Version } from '#warehouse/public'
import type { Known } from '../../attribution/bind.ts'
import { compute } from '../../attribution/compute.ts'
import { sumUp } from '../../attribution/figures.ts'
import { planAttribution, type AttributionPlan } from '../../attribution/plan.ts'
import { Reading } from '../../attribution/reading.ts'
import { AttributionRequest } from '../../attribution/request.ts'
import {
  DAY,
  kept,
  writeWorld,
  type World,
  type WorldConversion,
  type WorldTouch,
} from './journeys.ts'

/** How a touch is called by a grouping. */
export const players: Record<string, (touch: Partial<WorldTouch>) => string> = {
  channel: ({ channel }) => channel ?? '',
  campaign: ({ campaign }) => cleanCampaignName(campaign ?? ''),
  source_medium: ({ source, medium }) => (source || medium ? `${source} / ${medium}` : ''),
  landing_page: ({ landingPage }) => landingPage ?? '',
}

/** Billionths of a decimal text. */
function nanos(text: string): bigint {
  const [whole = '', places = ''] = text.split('.')
  return BigInt(`${whole}${places.padEnd(9, '0')}`)
}

function amountOf({ gross, discount, refunded, cogs }: WorldConversion, value: string): bigint {
  const net = nanos(gross) - nanos(discount ?? '0') - nanos(refunded ?? '0')
  return value === 'margin' ? net - nanos(cogs ?? '0') : net
}

const startOf = (date: string) => Date.parse(`${date}T00:00:00Z`)

/** What the reference answers about the world. */
function byReference({ touches, conversions }: World, plan: AttributionPlan): Attribution {
  const name = players[plan.grouping.name] ?? (() => '')
  const asTouch = (touch: WorldTouch): Touch => ({
    id: String(touch.key).padStart(20, '0'),
    time: touch.time,
    player: name(touch),
    isDirect: touch.isDirect ?? false,
  })
  const byPerson = Map.groupBy(touches, ({ person }) => person)
  const touchesOf = (person: bigint) => (byPerson.get(person) ?? []).map(asTouch)
  const range = { from: startOf(plan.period.from), to: startOf(plan.period.to) + DAY - 1 }
  const inRange = conversions.filter(({ time }) => time >= range.from && time <= range.to)
  const paths = inRange.map((one): Path => ({
    conversion: { id: String(one.key), time: one.time, revenue: amountOf(one, plan.value) },
    touches: [
      ...touchesOf(one.person),
      ...kept(one, touches)
        .filter(({ key }) => key === one.key)
        .map(asTouch),
    ],
  }))
  const nullPaths = [...byPerson.keys()].map((person): NullPath => {
    const times = inRange.filter((one) => one.person === person).map(({ time }) => time)
    return { touches: nullPathOf(touchesOf(person), times, range) }
  })
  return attribute(paths, nullPaths, plan)
}

/** A project that has settled nothing, and knows no campaigns of ad accounts. */
const known: Known = {
  paidChannels: [],
  campaigns: {
    campaign_ids: [],
    campaign_id_keys: [],
    campaign_names: [],
    campaign_name_keys: [],
    campaign_map_from: [],
    campaign_map_to: [],
    campaign_keys: [],
    campaign_labels: [],
  },
}
const settled = AttributionSettings.parse({
  model: 'last_non_direct',
  conversion: 'order',
  ...AttributionParameters.parse({}),
})

/** An answer with figures by player and model, those of nothing left out. */
export interface PlainAnswer {
  figures: Record<string, string>
  totals: string
  paths: number
  nullPaths: number
}

const plain = ({ conversions, revenue }: Figures) => `${conversions} ${revenue}`

function plainFigures(rows: Iterable<readonly [player: string | null, model: string, Figures]>) {
  const something = [...rows].filter(
    ([, , { conversions, revenue }]) => conversions !== 0n || revenue !== 0n
  )
  return Object.fromEntries(
    something.map(([player, model, figures]) => [`${player} ${model}`, plain(figures)])
  )
}

function plainReference(answer: Attribution): PlainAnswer {
  const rows = answer.rows.flatMap(({ player, models }) =>
    Object.entries(models).map(([model, figures]) => [player, model, figures] as const)
  )
  return {
    figures: plainFigures(rows),
    totals: plain(answer.totals),
    paths: answer.paths,
    nullPaths: answer.pathsWithoutConversion,
  }
}

async function plainSql(version: Version, plan: AttributionPlan): Promise<PlainAnswer> {
  const found = await compute(new Reading(plan, version, known, `test-${version.projectId}`))
  const sums = sumUp(plan, found, [])
  const rows = sums.players.flatMap(({ player, models }) =>
    [...models].map(([model, figures]) => [player, model, figures] as const)
  )
  return {
    figures: plainFigures(rows),
    totals: plain(sums.totals),
    paths: Number(sums.touched.conversions / 1_000_000_000n),
    nullPaths: found.fit.nullPaths,
  }
}

let projects = 0

/** What the statements and the reference answer about a world, written as a project of its own. */
export async function bothAnswers(
  world: World,
  request: Record<string, unknown>
): Promise<{ bySql: PlainAnswer; byReference: PlainAnswer }> {
  // Numbers of commits belong to one project each: repeated statements are recognised by them.
  const number = String(++projects)
  const version = { projectId: number, commitId: number, aborted: [] }
  await writeWorld(version, world)
  const plan = planAttribution(AttributionRequest.parse(request), settled)
  return {
    bySql: await plainSql(version, plan),
    byReference: plainReference(byReference(world, plan)),
  }
}
