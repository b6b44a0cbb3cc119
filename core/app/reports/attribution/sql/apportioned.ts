import { WHOLE } from '#attribution/public'
import type { Columns } from './steps.ts'

/** One conversion in nano-credits. */
export const whole = `${WHOLE}`

/**
 * An amount comes apart in whole units and billionths: both times a credit fit into 64 bits, where the
 * amount itself would not. Columns over the column `amount`, in nano-units.
 */
export const amountInUnits: Columns = {
  sign: 'if(amount < 0, -1, 1)',
  units: `intDiv(amount, ${whole})`,
  billionths: `toInt64(abs(amount) % ${whole})`,
}

/** What of the amount a credit is: cut off, and one billionth more where it is favoured. */
export const partOf = (credit: string, isFavoured: string) =>
  `units * ${credit} + sign * (intDiv(billionths * ${credit}, ${whole}) + (${isFavoured}))`

/** What of a billionth is cut off there. */
const remainder = (credit: string) => `billionths * ${credit} % ${whole}`

/**
 * Layers that make credits of shares which are cut off at nine places: the last step has the remainder.
 * They find who gets a missing billionth of the amount, too: the largest remainders, of equal ones the
 * later step. Remainder and place are one number, which is compared with the least that gets one.
 *
 * @param model prefix of the columns
 * @param shares array of the shares in nano-credits
 */
export function creditLayers(model: string, shares: string): Columns[] {
  const cut = `${model}_shares`
  const ranks = `${model}_ranks`
  const missing = `${model}_missing`
  return [
    { [cut]: shares },
    {
      [`${model}_credits`]: `arrayPushBack(arrayPopBack(${cut}), ${cut}[-1] + ${whole} - arraySum(${cut}))`,
    },
    {
      [ranks]: `arrayMap((credit, place) -> bitShiftLeft(${remainder('credit')}, 32) + place, ${model}_credits, places)`,
    },
    { [missing]: `intDiv(arraySum(rank -> bitShiftRight(rank, 32), ${ranks}), ${whole})` },
    {
      [`${model}_least`]: `if(${missing} = 0, ${2n ** 62n}, arrayReverseSort(${ranks})[${missing}])`,
    },
  ]
}

/**
 * The same where all steps but the last have equal shares: nothing needs sorting. `…_from` is the place
 * after which they get a missing billionth; the last step comes before them where its remainder is not
 * smaller.
 *
 * @param share SQL over a conversion: that of each step
 */
export function equalLayers(model: string, share: string): Columns[] {
  const [each, last] = [`${model}_each`, `${model}_last`]
  const [rest, restLast, missing] = [`${model}_rest`, `${model}_rest_last`, `${model}_missing`]
  return [
    { [each]: share },
    { [last]: `${whole} - ${each} * (steps - 1)` },
    { [rest]: remainder(each), [restLast]: remainder(last) },
    { [missing]: `intDiv(${rest} * (steps - 1) + ${restLast}, ${whole})` },
    {
      [`${model}_amount_each`]: partOf(each, '0'),
      [`${model}_amount_last`]: partOf(last, `${missing} > (${rest} > ${restLast}) * steps`),
      [`${model}_from`]: `steps - 1 - ${missing} + (${restLast} >= ${rest})`,
    },
  ]
}

/** Shares of the first step, where there are two or more, and of those between, where there are three. */
interface Ends {
  first: string
  between: string
}

/** The same where the first step has another share, too. */
export function endLayers(model: string, shares: Ends): Columns[] {
  const [first, middle, last] = [`${model}_first`, `${model}_between`, `${model}_last`]
  const [restFirst, restMiddle] = [`${model}_rest_first`, `${model}_rest_between`]
  const [restLast, missing] = [`${model}_rest_last`, `${model}_missing`]
  const many = `${model}_many`
  return [
    {
      [first]: `if(steps > 1, ${shares.first}, 0)`,
      [middle]: shares.between,
      [many]: 'greatest(steps - 2, 0)',
    },
    { [last]: `${whole} - ${first} - ${middle} * ${many}` },
    {
      [restFirst]: remainder(first),
      [restMiddle]: remainder(middle),
      [restLast]: remainder(last),
    },
    { [missing]: `intDiv(${restFirst} + ${restMiddle} * ${many} + ${restLast}, ${whole})` },
    {
      [`${model}_amount_first`]: partOf(
        first,
        `${missing} > (${restLast} >= ${restFirst}) + (${restMiddle} >= ${restFirst}) * ${many}`
      ),
      [`${model}_amount_between`]: partOf(middle, '0'),
      [`${model}_amount_last`]: partOf(
        last,
        `${missing} > (${restFirst} > ${restLast}) + (${restMiddle} > ${restLast}) * ${many}`
      ),
      [`${model}_from`]: `steps - 1 - ${missing} + (${restLast} >= ${restMiddle}) + (${restFirst} > ${restMiddle})`,
    },
  ]
}
