import { sideBySide, timed } from './measure.ts'
import { ALL_DAYS, FURTHER_DAYS, type MadeUpShop } from './made_up_shop.ts'
import type { Row } from './table.ts'

/** How much longer it may take with ten times the history. */
const GOAL = 1.3
const FEW_DAYS = Math.round(ALL_DAYS / 10)

/**
 * A day more of visits and orders, from the first byte until reports show it: in a shop with a long
 * history, against one with a tenth of it.
 *
 * @param longHistory project with all days
 */
export async function benchRefresh(
  shop: MadeUpShop,
  longHistory: string,
  rounds: number
): Promise<Row> {
  const shortHistory = await shop.importDays(FEW_DAYS)
  const days = Array.from({ length: Math.min(rounds, FURTHER_DAYS - 1) + 1 }, (_, after) => after)
  const written = await Promise.all(days.map((after) => shop.write(after, after + 1)))
  const importDay = (projectId: string) => (after: number) =>
    timed(() => shop.import(projectId, written[after] ?? []))

  // The first day warms up.
  await importDay(shortHistory)(0)
  await importDay(longHistory)(0)
  const times = await sideBySide(
    days.length - 1,
    (round) => importDay(longHistory)(round + 1),
    (round) => importDay(shortHistory)(round + 1)
  )
  return {
    name: `import of one more day into ${ALL_DAYS} days, against the same into ${FEW_DAYS}`,
    ...times,
    goal: { limit: GOAL * times.floor, text: `≤ ${GOAL} ×` },
  }
}
