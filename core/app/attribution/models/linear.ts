import { evenly } from '../exact/fraction.ts'
import type { Rule } from '../types.ts'

/** The same to each touch; a player that occurs twice gets it twice. */
export const linear: Rule<unknown> = (touches) => evenly(touches.length)
