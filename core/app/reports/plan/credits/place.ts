import type { Model } from '#attribution/public'

const since = 'anchor - toIntervalDay({window_days:UInt32})'
const latest = `if(notEmpty(touch_time) AND touch_time[-1] >= ${since}, toInt64(length(touch_time)), 0)`
const latestIndirect = `toInt64(arrayLastIndex((time, is_direct) -> NOT is_direct AND time >= ${since}, touch_time, touch_is_direct))`

const places: Readonly<Partial<Record<Model, string>>> = {
  first_touch: `toInt64(arrayFirstIndex(time -> time >= ${since}, touch_time))`,
  last_touch: latest,
  last_non_direct: `if(${latestIndirect} > 0, ${latestIndirect}, ${latest})`,
}

/**
 * Of models that give a conversion to one touch whole: SQL for its place among the touches of a row of
 * `journeys`, 0 where none lies within the window. Undefined of models that divide.
 */
export const placeOfTouch = (model: Model): string | undefined => places[model]

/** How many touches of a row of `journeys` lie before the window. */
export const passed = `toInt64(arrayCount(time -> time < ${since}, touch_time))`
