import { WHOLE } from '#attribution/public'
import { step } from './steps.ts'

/** One conversion in nano-credits. */
export const whole = `${WHOLE}`

/**
 * Amounts come apart in whole units and billionths: both times a credit fit into 64 bits, where the
 * amount itself would not.
 */
export function withUnits(from: string): string {
  const sized = step(from, { size: 'if(amount < 0, -amount, amount)' })
  return step(sized, {
    units: `intDiv(size, ${whole})`,
    billionths: `toInt64(size % ${whole})`,
    places: 'arrayMap(place -> toInt64(place), arrayEnumerate(players))',
  })
}

/** What of the amount a credit is, before the missing billionths are handed out. */
export const cutOff = (credit: string) =>
  `units * ${credit} + intDiv(billionths * ${credit}, ${whole})`

/** What is cut off of it there. */
export const remainder = (credit: string) => `billionths * ${credit} % ${whole}`

/**
 * Makes credits of shares that are cut off at nine places: the last step has the remainder. Then finds
 * who gets a missing billionth of the amount: the largest remainders, of equal ones the later step.
 * Remainder and place are one number, which is compared with the least that gets one.
 *
 * @param model prefix of the columns
 * @param shares array of the shares in nano-credits
 */
export function withCredits(from: string, model: string, shares: string): string {
  const cut = step(from, { [`${model}_shares`]: shares })
  const credited = step(cut, {
    [`${model}_credits`]: `arrayPushBack(arrayPopBack(${model}_shares), ${model}_shares[-1] + ${whole} - arraySum(${model}_shares))`,
  })
  const ranked = step(credited, {
    [`${model}_ranks`]: `arrayMap((credit, place) -> bitShiftLeft(${remainder('credit')}, 32) + place, ${model}_credits, places)`,
  })
  const missing = step(ranked, {
    [`${model}_missing`]: `intDiv(arraySum(rank -> bitShiftRight(rank, 32), ${model}_ranks), ${whole})`,
  })
  return step(missing, {
    [`${model}_least`]: `if(${model}_missing = 0, ${2n ** 62n}, arrayReverseSort(${model}_ranks)[${model}_missing])`,
  })
}

/** The three credits that an even division knows: of the first step, those between, and the last. */
export interface Ends {
  /** SQL over a conversion; counts where there are two steps or more. */
  first: string
  /** Where there are three or more. */
  between: string
}

/**
 * The same for a division where all steps between the ends have equal credits: nothing needs sorting.
 * `…_from` is the place after which steps between get a missing billionth.
 */
export function withEnds(from: string, model: string, { first, between }: Ends): string {
  const name = (part: string) => `${model}_${part}`
  const cut = step(from, {
    [name('first')]: `if(steps > 1, ${first}, 0)`,
    [name('between')]: `if(steps > 2, ${between}, 0)`,
    [name('middle')]: 'greatest(steps - 2, 0)',
  })
  const credited = step(cut, {
    [name('last')]: `${whole} - ${name('first')} - ${name('between')} * ${name('middle')}`,
  })
  const rested = step(credited, {
    [name('rest_first')]: remainder(name('first')),
    [name('rest_between')]: remainder(name('between')),
    [name('rest_last')]: remainder(name('last')),
  })
  const [restFirst, restBetween, restLast] = ['rest_first', 'rest_between', 'rest_last'].map(name)
  const missing = step(rested, {
    [name('missing')]:
      `intDiv(${restFirst} + ${restBetween} * ${name('middle')} + ${restLast}, ${whole})`,
  })
  return step(missing, {
    [name('amount_first')]:
      `${cutOff(name('first'))} + (${name('missing')} > (${restLast} >= ${restFirst}) + (${restBetween} >= ${restFirst}) * ${name('middle')})`,
    [name('amount_between')]: cutOff(name('between')),
    [name('amount_last')]:
      `${cutOff(name('last'))} + (${name('missing')} > (${restFirst} > ${restLast}) + (${restBetween} > ${restLast}) * ${name('middle')})`,
    [name('from')]:
      `steps - 1 - (toInt64(${name('missing')}) - (${restLast} >= ${restBetween}) - (${restFirst} > ${restBetween}))`,
  })
}
