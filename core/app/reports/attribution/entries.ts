import { NOT_SET, OTHER, PLAYER_LIMIT } from '#attribution/public'
import type { Row } from '../queries/run_statement.ts'
import { blank, type PlayerCredits } from './figures.ts'

/** A row of the answer before it becomes numbers. */
export interface Entry extends PlayerCredits {
  /** Null where spend is not recorded by what the rows are of. */
  cost: bigint | null
}

interface Spender {
  player: string
  label: string
  cost: bigint
}

const asSpender = ({ player, label, spent }: Row): Spender => ({
  player: String(player),
  label: String(label),
  cost: BigInt(String(spent)),
})

const compare = (one: string, other: string): number => Number(one > other) - Number(one < other)
const byCost = (one: Spender, other: Spender): number =>
  Number(other.cost - one.cost) || compare(one.player, other.player)

const total = (spenders: readonly Spender[]): bigint =>
  spenders.reduce((sum, { cost }) => sum + cost, 0n)

/** Players and what was spent on them; `rest` belongs to the players that are one together. */
function withCosts(
  players: readonly PlayerCredits[],
  spenders: readonly Spender[],
  rest: bigint
): Entry[] {
  const spent = new Map(spenders.map((spender) => [spender.player, spender]))
  return players.map((entry) => {
    const own = entry.player === null ? undefined : spent.get(entry.player)
    const cost = own?.cost ?? 0n
    return {
      ...entry,
      label: labelOf(entry, own),
      cost: entry.player === OTHER ? cost + rest : cost,
    }
  })
}

/** Of the spellings of links and of the platform the first. */
function labelOf({ player, label }: PlayerCredits, own: Spender | undefined): string | null {
  if (!own || player === NOT_SET || player === OTHER) return label
  return label === null || label === player || own.label < label ? own.label : label
}

/** Unattributed comes last, everybody else by name. */
function byName({ player: one }: Entry, { player: other }: Entry): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null)
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}

/**
 * The rows of the answer. Players that cost something and are credited with nothing are among them: the
 * costliest as long as there is room, all others in the rest.
 *
 * @param spend undefined where it is not recorded by what the rows are of
 */
export function entriesOf(
  players: readonly PlayerCredits[],
  spend: readonly Row[] | undefined
): Entry[] {
  if (!spend) return players.map((entry) => ({ ...entry, cost: null })).sort(byName)
  const known = new Set(players.map(({ player }) => player))
  const spenders = spend.map(asSpender)
  const uncredited = spenders.filter(({ player }) => !known.has(player)).sort(byCost)
  const room = known.has(OTHER) ? 0 : Math.max(0, PLAYER_LIMIT - known.size)
  const shown = uncredited.slice(0, room).map(({ player }) => blank(player))
  const rest = total(uncredited.slice(room))
  const others = rest !== 0n && !known.has(OTHER) ? [blank(OTHER)] : []
  return withCosts([...players, ...shown, ...others], spenders, rest).sort(byName)
}
