import { NOT_SET, OTHER } from '#attribution/public'
import type { TouchDimension } from '../dimensions.ts'

const quoted = (text: string) => `'${text}'`

/**
 * The name that a value takes part under. Few values are told apart by many touches, so each is named
 * once per block.
 */
function named(value: string, isLimited: boolean): string {
  const name = `replaceRegexpOne(toLowCardinality(${value}), '^$', ${quoted(NOT_SET)})`
  return isLimited
    ? `transform(${name}, {names:Array(String)}, {names:Array(String)}, ${quoted(OTHER)})`
    : name
}

/** The player of a touch: SQL over columns of `touch`. */
export function playerOfTouch({ columns, value }: TouchDimension, isLimited: boolean): string {
  return named(value(...columns), isLimited)
}

const alongTouches = (columns: readonly string[], sql: (...its: string[]) => string) => {
  const its = columns.map((column) => `its_${column}`)
  const arrays = columns.map((column) => `touch_${column}`)
  const value = sql(...its)
  return value === its[0]
    ? arrays.join(', ')
    : `arrayMap((${its.join(', ')}) -> ${value}, ${arrays.join(', ')})`
}

/** The players of a conversion's touches: SQL over its arrays. */
export function playersOf({ columns, value }: TouchDimension, isLimited: boolean): string {
  return alongTouches(columns, (...its) => named(value(...its), isLimited))
}

/** SQL for the place of a player among `names`, from 1: with the rest as one, they fit into a byte. */
export const placeOf = (player: string): string =>
  `transform(${player}, {names:Array(String)}, {name_places:Array(UInt8)}, toUInt8(0))`

/** The places of the players of a path's touches among `names`: SQL over its arrays. */
export const placesAlong = ({ columns, value }: TouchDimension, isLimited: boolean): string =>
  alongTouches(columns, (...its) => placeOf(named(value(...its), isLimited)))

/** Values of a conversion's touches, '' where they have none. */
export function valuesOf({ columns, value }: TouchDimension): string {
  return alongTouches(columns, value)
}

/** What the touches themselves call their players. */
export function ownLabelsOf({ columns, label }: TouchDimension): string | undefined {
  return label && alongTouches(columns, label.own)
}
