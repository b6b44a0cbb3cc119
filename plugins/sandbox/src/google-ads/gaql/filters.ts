import { GaqlError } from './error.ts'
import type { Fact, Field } from './fields.ts'
import type { Condition, Value } from './parse.ts'

export interface Filter {
  field: Field
  accepts: (fact: Fact) => boolean
}

type Raw = string | number | boolean | undefined

const NUMBERS: readonly Field['type'][] = ['int64', 'int32', 'double']
const ORDERING = ['>', '>=', '<', '<=', 'BETWEEN']

function isApplicable(operator: string, type: Field['type']): boolean {
  if (operator === 'DURING') return false
  if (ORDERING.includes(operator)) return type !== 'enum' && type !== 'boolean'
  return !operator.includes('LIKE') || type === 'string'
}

function mustFitValue({ text, isString }: Value, { type, name, constants }: Field): void {
  if (NUMBERS.includes(type) && !/^-?\d+(\.\d+)?$/.test(text)) {
    throw new GaqlError('BAD_VALUE', `Invalid value '${text}' for field '${name}'.`)
  }
  if (type === 'string' && !isString) {
    throw new GaqlError('INVALID_STRING_VALUE', `Value '${text}' must be a string.`)
  }
  if (constants !== undefined && !constants.includes(text)) {
    const message = `Invalid enum value cannot be included in WHERE clause: '${text}'.`
    throw new GaqlError('BAD_ENUM_CONSTANT', message)
  }
}

function mustMatch({ operator, values }: Condition, field: Field): void {
  if (!isApplicable(operator, field.type)) {
    const text = `Operator '${operator}' cannot be used with '${field.name}'.`
    throw new GaqlError('OPERATOR_FIELD_MISMATCH', text)
  }
  for (const value of values) mustFitValue(value, field)
}

const pattern = (like: string) =>
  new RegExp(`^${like.replace(/[.*+?^${}()|\\]/g, '\\$&').replaceAll('%', '.*')}$`, 'is')

const MATCHES: Record<string, (value: Raw, wanted: (string | number)[]) => boolean> = {
  '=': (value, [wanted]) => value === wanted,
  '!=': (value, [wanted]) => value !== wanted,
  '>': (value, [wanted = 0]) => value !== undefined && value > wanted,
  '>=': (value, [wanted = 0]) => value !== undefined && value >= wanted,
  '<': (value, [wanted = 0]) => value !== undefined && value < wanted,
  '<=': (value, [wanted = 0]) => value !== undefined && value <= wanted,
  BETWEEN: (value, [low = 0, high = 0]) => value !== undefined && value >= low && value <= high,
  IN: (value, wanted) => wanted.some((one) => one === value),
  'NOT IN': (value, wanted) => !wanted.some((one) => one === value),
  LIKE: (value, [wanted]) => pattern(String(wanted)).test(String(value ?? '')),
  'NOT LIKE': (value, [wanted]) => !pattern(String(wanted)).test(String(value ?? '')),
  REGEXP_MATCH: (value, [wanted]) => new RegExp(`^(?:${wanted})$`).test(String(value ?? '')),
  'NOT REGEXP_MATCH': (value, [wanted]) => !new RegExp(`^(?:${wanted})$`).test(String(value ?? '')),
  'IS NULL': (value) => value === undefined,
  'IS NOT NULL': (value) => value !== undefined,
}

/** @throws GaqlError where operator, field and value do not go together */
export function conditionOf(condition: Condition, field: Field): Filter {
  mustMatch(condition, field)
  const matches = MATCHES[condition.operator]
  if (matches === undefined) {
    const text = `Operator '${condition.operator}' cannot be used with '${field.name}'.`
    throw new GaqlError('OPERATOR_FIELD_MISMATCH', text)
  }
  const isNumber = NUMBERS.includes(field.type)
  const wanted = condition.values.map(({ text }) => (isNumber ? Number(text) : text))
  const read = (fact: Fact): Raw => {
    const value = field.read(fact)
    if (value === undefined) return undefined
    return isNumber
      ? Number(value)
      : String(value).replace(/^(true|false)$/, (text) => text.toUpperCase())
  }
  const isBoolean = field.type === 'boolean'
  const goal = isBoolean ? wanted.map((text) => String(text).toUpperCase()) : wanted
  return { field, accepts: (fact) => matches(read(fact), goal) }
}
