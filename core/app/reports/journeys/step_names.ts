import { PLAYER_LIMIT } from '#attribution/public'
import type { Version } from '#warehouse/public'
import type { Statement } from '../plan/statement.ts'
import { askedOnce } from '../queries/asked_once.ts'
import type { Row } from '../queries/run_statement.ts'
import { commonStepsSql, everyStepSql, isHashed } from './names_sql.ts'
import type { JourneysPlan } from './plan.ts'

/** How many spellings of steps are looked up before they are counted per range. */
const MOST_SPELLINGS = 1000

type Run = (name: string, statement: Statement) => Promise<Row[]>

/** All spellings of steps that the project knows, if they are few enough to be told apart in every range. */
async function everyStep(
  plan: JourneysPlan,
  version: Version,
  parameters: Record<string, unknown>,
  run: Run
): Promise<Row[] | undefined> {
  const statement = {
    sql: everyStepSql(plan),
    parameters: { ...parameters, rows: MOST_SPELLINGS + 1 },
  }
  const found = await askedOnce(version, statement, () => run('steps', statement))
  const isFew = new Set(found.map(({ step }) => step)).size <= PLAYER_LIMIT
  return isFew && found.length <= MOST_SPELLINGS ? found : undefined
}

/** Values of parameters. */
type StepNames = Record<'raws' | 'codes', unknown[]> & { names: string[] }

/**
 * Values of parameters by which touches without a conversion find the places of their steps: `names` are
 * those that are told apart, `raws` and `codes` lead to them. None of the lists is empty.
 */
export async function stepNames(
  plan: JourneysPlan,
  version: Version,
  parameters: Record<string, unknown>,
  run: Run
): Promise<StepNames> {
  const found =
    (await everyStep(plan, version, parameters, run)) ??
    (await run('steps', { sql: commonStepsSql(plan), parameters }))
  const names = [...new Set(found.map(({ step }) => String(step)))]
  const places = new Map(names.map((name, index) => [name, index + 1]))
  const none = found.length === 0
  const raws = found.map(({ raw }) => (isHashed(plan.step) ? BigInt(String(raw)) : String(raw)))
  return {
    names: none ? [''] : names,
    raws: none ? [isHashed(plan.step) ? 0n : ''] : raws,
    codes: none ? [0] : found.map(({ step }) => places.get(String(step)) ?? 0),
  }
}
