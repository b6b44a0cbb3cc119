import type { Fraction } from './exact/fraction.ts'

/** Session start or imported touchpoint, never an impression. */
export interface Touch {
  /** Of the event; decides between touches of the same time. */
  id: string
  /** Milliseconds since 1970. */
  time: number
  /** Value of the dimension that the report is grouped by; null where the touch has none. */
  player: string | null
  isDirect: boolean
}

export interface Conversion {
  id: string
  /** Milliseconds since 1970. */
  time: number
  /** After refunds: decimal text with at most 9 places, or nano-units. */
  revenue: string | bigint
}

/** A conversion and the touches of its person, in any order, eligible or not. */
export interface Path {
  conversion: Conversion
  touches: readonly Touch[]
}

/** Touches of one person that no conversion follows. */
export interface NullPath {
  touches: readonly Touch[]
}

/** How often a sequence of players was seen, so that a database can group paths first. */
export interface PathCount {
  players: readonly (string | null)[]
  conversions: number
  /** Persons that went this way and did not convert. */
  nulls: number
  /** Of the conversions together, in nano-units. */
  revenue: bigint
}

/** A touch whose player has the name that it takes part under: `(not set)` and `(other)` included. */
export interface Step extends Touch {
  player: string
}

/** A path count under those names. */
export interface NamedCount extends PathCount {
  players: readonly string[]
}

/** What a model is: the share of each touch of a path, which is never empty and in order. */
export type Rule<T = Step> = (touches: readonly T[]) => Fraction[]

export interface Figures {
  /** In nano-conversions: 10⁹ are one conversion. */
  conversions: bigint
  /** In nano-units of the currency. */
  revenue: bigint
}

/** What a player is credited with; the player is null where there was no eligible touch. */
export interface Credit extends Figures {
  player: string | null
}

/** How often a player led to another, so that a database can count them. */
export interface Transition {
  /** Null at the start of a path. */
  from: string | null
  /** Null at its end. */
  to: string | null
  times: number
  /** Of an end: how often it was a conversion. */
  conversions: number
}
