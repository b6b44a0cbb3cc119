import { PLAYER_LIMIT } from '#attribution/public'
import { countUnconverted } from '#warehouse/public'
import type { Row } from '../queries/run_statement.ts'
import { fitMarkov, type Fit } from './fit.ts'
import { namingOf, placesOf, readNames, type Names } from './players.ts'
import type { AttributionPlan } from './plan.ts'
import type { Reading } from './reading.ts'
import { creditsStatement, totalsStatement } from './sql/credits_statement.ts'
import { noSpend, spendStatement } from './sql/spend_statement.ts'

/** What the statements of a report have found. */
export interface Found {
  credits: readonly Row[]
  totals: Row
  spend: readonly Row[]
  fit: Fit
}

/** A row for the touches of paid channels and one for others, and one player more than there may be. */
const MOST_ROWS = 2 * (PLAYER_LIMIT + 1)

/** Values that statements about credits name, of players and their effects. */
export function playerValues(named: Pick<Names, 'names'>, { effects }: Pick<Fit, 'effects'>) {
  return {
    ...placesOf(named),
    effects: named.names.map((name) => String(effects.get(name) ?? 0n)),
  }
}

function readCredits(reading: Reading, names: Names | undefined, fit: Fit): Promise<Row[]> {
  const naming = names ? namingOf(names) : 'as they are'
  return reading.read('credits', creditsStatement(reading.plan, naming), {
    rows: MOST_ROWS,
    ...playerValues(names ?? { names: [] }, fit),
  })
}

const playersIn = (rows: readonly Row[]) => new Set(rows.map(({ player }) => player)).size

async function countNullPaths(reading: Reading): Promise<Fit> {
  const [row] = await reading.runOnce(reading.prepare('null paths', countUnconverted))
  return { effects: new Map(), nullPaths: Number(row?.paths ?? 0) }
}

/** Credits of models that ask for nothing but the order of touches: few players need no names first. */
async function readHeuristics(reading: Reading): Promise<Pick<Found, 'credits' | 'fit'>> {
  const nothing: Fit = { effects: new Map(), nullPaths: 0 }
  const [credits, fit] = await Promise.all([
    readCredits(reading, undefined, nothing),
    countNullPaths(reading),
  ])
  if (playersIn(credits) <= PLAYER_LIMIT) return { credits, fit }
  return { credits: await readCredits(reading, await readNames(reading), fit), fit }
}

/** Credits of models that are fitted on the players: these have to be named before. */
async function readFitted(reading: Reading): Promise<Pick<Found, 'credits' | 'fit'>> {
  const names = await readNames(reading)
  const fit = reading.plan.models.includes('markov')
    ? await fitMarkov(reading, names)
    : await countNullPaths(reading)
  return { credits: await readCredits(reading, names, fit), fit }
}

const dataDriven = new Set(['markov', 'shapley'])

/** Whether a model divides by who else is on the path, so that players have to be named first. */
export const isFitted = ({ models }: AttributionPlan): boolean =>
  models.some((model) => dataDriven.has(model))

/** Runs everything that the report is made of. */
export async function compute(reading: Reading): Promise<Found> {
  const { plan } = reading
  const [found, totals, spend] = await Promise.all([
    isFitted(plan) ? readFitted(reading) : readHeuristics(reading),
    reading.read('totals', totalsStatement(plan)),
    noSpend(plan) === undefined ? reading.read('spend', spendStatement(plan)) : [],
  ])
  return { ...found, totals: totals[0] ?? {}, spend }
}
