import { Currency } from '@analyticaflow/sdk'

const YES = new Set(['1', 'true', 'yes', 'y', 't', 'да'])
const NO = new Set(['0', 'false', 'no', 'n', 'f', 'нет'])

/** Currency codes, in any case. */
export function readCurrency(text: string): string | undefined {
  const code = text.toUpperCase()
  return Currency.safeParse(code).success ? code : undefined
}

export const currencyProblem = (): string => 'is not a currency code of ISO 4217, such as EUR'

/** Yes and no, in the ways that files write them. */
export function readFlag(text: string): string | undefined {
  const word = text.toLowerCase()
  if (YES.has(word)) return '1'
  return NO.has(word) ? '0' : undefined
}

export const flagProblem = (): string => 'is neither true nor false'
