import { allTo } from '../exact/fraction.ts'
import type { Rule } from '../types.ts'

/** Everything to the last touch that is not direct; to the last one where all are. */
export const lastNonDirect: Rule<{ isDirect: boolean }> = (touches) => {
  const index = touches.findLastIndex(({ isDirect }) => !isDirect)
  return allTo(index < 0 ? touches.length - 1 : index, touches.length)
}
