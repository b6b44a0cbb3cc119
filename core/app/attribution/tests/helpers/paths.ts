import { fromNanos } from '../../exact/nanos.ts'
import { toCredits } from '../../exact/fraction.ts'
import type { Path, PathCount, Rule, Step, Touch } from '../../types.ts'

export const DAY = 86_400_000

/** `A > B > A` as players. */
export const playersOf = (path: string): string[] => path.split('>').map((name) => name.trim())

/** Touches of a path, a day between each two. */
export const stepsOf = (path: string): Step[] =>
  playersOf(path).map((player, day) => ({
    id: `t${day}`,
    time: day * DAY,
    player,
    isDirect: player === 'Direct',
  }))

/** Touches on the given days. */
export const stepsOn = (...days: number[]): Step[] =>
  days.map((day, number) => ({ id: `t${number}`, time: day * DAY, player: 'A', isDirect: false }))

/** A model's credits of a path, as decimals. */
export const creditsOf = (rule: Rule, steps: readonly Step[]): string[] =>
  toCredits(rule(steps)).map(fromNanos)

export const seen = (
  path: string,
  conversions: number,
  nulls = 0,
  revenue = 0n
): PathCount & { players: string[] } => ({ players: playersOf(path), conversions, nulls, revenue })

/** A path whose conversion comes on day 10. */
export const pathOf = (
  touches: readonly Touch[],
  conversion: { id?: string; revenue?: string } = {}
): Path => ({
  conversion: { id: 'order', time: 10 * DAY, revenue: '100', ...conversion },
  touches,
})

export const touchAt = (time: number, id = 't', player: string | null = 'A'): Touch => ({
  id,
  time,
  player,
  isDirect: false,
})
