import { NOT_SET } from '#attribution/public'
import type { JourneysPlan } from './plan.ts'

/** Steps in a row that count as one, if that is asked for. */
export const collapsed = ({ collapsesRepeats }: JourneysPlan, steps: string): string =>
  collapsesRepeats ? `arrayCompact(${steps})` : steps

/** The steps of a path that are shown; `steps` is the whole. */
export const shownSteps = ({ from }: JourneysPlan): string =>
  from === 'start' ? 'arraySlice(steps, 1, {depth:UInt8})' : 'arraySlice(steps, -{depth:Int8})'

export const isLonger = 'length(steps) > {depth:UInt8}'

/** The steps of a path as they are shown. */
export const named = (path: string): string =>
  `arrayMap(step -> if(step = '', '${NOT_SET}', step), CAST(${path}, 'Array(String)'))`
