import { whole } from '../../attribution/sql/apportioned.ts'
import type { Divided } from '../../attribution/sql/model_sql.ts'
import { sideBySide, type Columns } from '../../attribution/sql/steps.ts'

/**
 * Layers that divide several amounts of a conversion among its steps, each as the attribution report
 * divides its one: by credits in whole billionths, and what is missing of the amount goes to the largest
 * remainders, of equal ones to the later step.
 *
 * @param amounts columns in nano-units of the currency
 */
export function dividingLayers(amounts: readonly string[], { layers, shares }: Divided): Columns[] {
  const each = (columns: (amount: string) => Columns): Columns =>
    Object.assign({}, ...amounts.map(columns)) as Columns
  return [
    ...sideBySide([
      [
        { places: 'range(1, toUInt32(steps) + 1)' },
        // An amount comes apart in two numbers: times a credit, each fits into 64 bits.
        each((amount) => ({
          [`${amount}_sign`]: `if(${amount} < 0, -1, 1)`,
          [`${amount}_units`]: `intDiv(${amount}, ${whole})`,
          [`${amount}_billionths`]: `toInt64(abs(${amount}) % ${whole})`,
        })),
      ],
      layers,
    ]),
    { cut: shares },
    { credits: `arrayPushBack(arrayPopBack(cut), cut[-1] + ${whole} - arraySum(cut))` },
    each((amount) => ({
      [`${amount}_ranks`]: `arrayMap((credit, place) -> bitShiftLeft(${amount}_billionths * credit % ${whole}, 32) + place, credits, places)`,
    })),
    each((amount) => ({
      [`${amount}_missing`]: `intDiv(arraySum(rank -> bitShiftRight(rank, 32), ${amount}_ranks), ${whole})`,
    })),
    each((amount) => ({
      [`${amount}_least`]: `if(${amount}_missing = 0, ${2n ** 62n}, arrayReverseSort(${amount}_ranks)[${amount}_missing])`,
    })),
  ]
}

/** Arrays of these layers that the steps are taken apart with. */
export const dividedAlong = (amounts: readonly string[]): Columns => ({
  nano_credit: 'credits',
  ...Object.fromEntries(amounts.map((amount) => [`${amount}_rank`, `${amount}_ranks`])),
})

/** What of an amount a step has, in nano-units. */
export const dividedPart = (amount: string): string =>
  `(${amount}_units * nano_credit + ${amount}_sign * (intDiv(${amount}_billionths * nano_credit, ${whole}) + (${amount}_rank >= ${amount}_least)))`
