import { ClickHouseError } from '@clickhouse/client'
import { Problem, type FieldError } from '#shared/http/problem'
import { patternOf, rows } from '#warehouse/public'
import type { ChannelRulesBody } from './schemas.ts'

/** ClickHouse's code for a pattern that it cannot compile. */
const NO_PATTERN = '427'

/** Whether ClickHouse takes these as RE2; it is the one that will use them. */
async function areCompiled(patterns: readonly string[]): Promise<boolean> {
  try {
    await rows(
      `SELECT countIf(match('visit', pattern)) FROM (SELECT arrayJoin({patterns:Array(String)}) AS pattern)`,
      { patterns }
    )
    return true
  } catch (error) {
    if (error instanceof ClickHouseError && error.code === NO_PATTERN) return false
    if (error instanceof ClickHouseError) throw error
    throw new Problem('unavailable', {
      detail: 'The analytical database cannot be reached',
      retryAfter: 5,
      cause: error,
    })
  }
}

interface Pattern {
  field: string
  pattern: string
}

type Rules = Pick<ChannelRulesBody, 'rules'>

/** Every condition as it will be compiled. */
const conditionsOf = ({ rules }: Rules) =>
  rules.flatMap(({ conditions }, rule) =>
    conditions.map((condition, index) => ({
      ...condition,
      field: `rules.${rule}.conditions.${index}`,
      pattern: patternOf(condition),
    }))
  )

/** Patterns that are none. All are asked at once, since mostly all are right. */
async function brokenPatterns<P extends Pattern>(patterns: readonly P[]): Promise<P[]> {
  if (patterns.length === 0 || (await areCompiled(patterns.map(({ pattern }) => pattern))))
    return []
  const [only] = patterns
  if (patterns.length === 1 && only) return [only]
  const half = Math.ceil(patterns.length / 2)
  return [
    ...(await brokenPatterns(patterns.slice(0, half))),
    ...(await brokenPatterns(patterns.slice(half))),
  ]
}

/** @throws Problem `validation_failed` naming each pattern that is none */
export async function checkPatterns(body: Rules): Promise<void> {
  const errors: FieldError[] = []
  for (const { field, values, op } of await brokenPatterns(conditionsOf(body))) {
    const alone = values.map((value, index) => ({
      field: `${field}.values.${index}`,
      pattern: patternOf({ op, values: [value] }),
    }))
    const broken = await brokenPatterns(alone)
    // Each may be right by itself, and all of them together more than RE2 takes.
    const faults = broken.length > 0 ? broken.map((one) => one.field) : [`${field}.values`]
    errors.push(
      ...faults.map((at) => ({ field: at, rule: 'pattern', message: 'RE2 cannot compile this' }))
    )
  }
  if (errors.length > 0) throw invalid(errors)
}

/**
 * Which channels the body calls paid or unpaid.
 *
 * @throws Problem `validation_failed` where it calls one both
 */
export function flagsOf({ rules, channels }: ChannelRulesBody): Map<string, boolean> {
  const flags = new Map<string, boolean>()
  const said = [
    ...channels.map((flag, index) => ({ ...flag, field: `channels.${index}.is_paid` })),
    ...rules.map((rule, index) => ({ ...rule, field: `rules.${index}.is_paid` })),
  ]
  const errors: FieldError[] = []
  for (const { channel, is_paid: isPaid, field } of said) {
    if (isPaid === undefined) continue
    const known = flags.get(channel) ?? isPaid
    if (known !== isPaid) {
      const message = `“${channel}” is called paid and unpaid at once`
      errors.push({ field, rule: 'contradiction', message })
    }
    flags.set(channel, known)
  }
  if (errors.length > 0) throw invalid(errors)
  return flags
}

const invalid = (errors: FieldError[]) =>
  new Problem('validation_failed', {
    detail: errors
      .slice(0, 3)
      .map(({ field, message }) => `${field}: ${message}`)
      .join('; '),
    errors,
  })
