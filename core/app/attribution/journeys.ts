import { eligibleTouches } from './eligible.ts'
import { toNanos } from './exact/nanos.ts'
import { compareTouches } from './order.ts'
import { nameTheirPlayers } from './players.ts'
import type { NamedCount, NullPath, Path, PathCount, Step, Touch } from './types.ts'

/** A conversion and its eligible touches in order, players named. */
export interface Journey {
  id: string
  revenue: bigint
  steps: Step[]
}

export interface Journeys {
  conversions: Journey[]
  /** All paths as a model is fitted on them, null paths included. */
  counts: NamedCount[]
}

const playersOf = (touches: readonly Touch[]) => touches.map(({ player }) => player)

/** Makes paths ready for the models: eligible touches, in order, under the names of their players. */
export function prepareJourneys(
  paths: readonly Path[],
  nullPaths: readonly NullPath[],
  windowDays: number
): Journeys {
  const eligible = paths.map((path) => ({
    id: path.conversion.id,
    revenue: toNanos(path.conversion.revenue),
    touches: eligibleTouches(path, windowDays),
  }))
  const counts: PathCount[] = [
    ...eligible.map(({ touches, revenue }) => ({
      players: playersOf(touches),
      conversions: 1,
      nulls: 0,
      revenue,
    })),
    ...nullPaths.map(({ touches }) => ({
      players: playersOf([...touches].sort(compareTouches)),
      conversions: 0,
      nulls: 1,
      revenue: 0n,
    })),
  ]
  const name = nameTheirPlayers(counts)
  return {
    conversions: eligible.map(({ id, revenue, touches }) => ({
      id,
      revenue,
      steps: touches.map((touch) => ({ ...touch, player: name(touch.player) })),
    })),
    counts: counts.map((path) => ({ ...path, players: path.players.map(name) })),
  }
}
