import { allTo } from '../exact/fraction.ts'
import type { Rule } from '../types.ts'

/** Everything to the last touch. */
export const lastTouch: Rule<unknown> = (touches) => allTo(touches.length - 1, touches.length)
