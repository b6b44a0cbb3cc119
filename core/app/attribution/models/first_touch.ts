import { allTo } from '../exact/fraction.ts'
import type { Rule } from '../types.ts'

/** Everything to the first touch. */
export const firstTouch: Rule<unknown> = (touches) => allTo(0, touches.length)
