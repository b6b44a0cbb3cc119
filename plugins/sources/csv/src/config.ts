import { field, z } from '@analyticaflow/sdk'
import { dateFormatProblem } from './date_format.ts'
import { fieldsOf, type KindSpec } from './kinds/kind_spec.ts'
import { importKindNames, kindSpec } from './kinds/index.ts'

/** When a rule holds: one test on one column of the file. */
const Condition = z
  .strictObject({
    column: z.string().min(1),
    starts_with: z.string().min(1).optional(),
    equals: z.string().optional(),
    in: z.array(z.string()).min(1).max(10_000).optional(),
  })
  .refine(
    (when) =>
      [when.starts_with, when.equals, when.in].filter((test) => test !== undefined).length === 1,
    'Give exactly one of starts_with, equals, in'
  )

const Rule = z.strictObject({ when: Condition, as: z.enum(['refund', 'skip']) })
export type Rule = z.infer<typeof Rule>

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const shape = {
  file: field(z.string().min(1), { label: 'File', file: true }),
  name: field(z.string().trim().min(1).max(200), {
    label: 'Name',
    help: 'Importing again under the same name replaces what it loaded.',
  }),
  kind: field(z.enum(importKindNames), { label: 'What the rows are' }),
  columns: field(z.record(z.string(), z.string().min(1)), {
    label: 'Columns',
    help: 'Canonical field → column of the file.',
  }),
  constants: field(z.record(z.string(), z.string().min(1)).default({}), {
    label: 'Constants',
    help: 'Canonical field → the same value for every row.',
  }),
  timezone: field(
    z.string().refine(isTimeZone, 'Expected a time zone such as Europe/London').optional(),
    { label: 'Time zone', help: 'Of times without an offset; absent: that of the project.' }
  ),
  date_format: field(
    z
      .string()
      .max(60)
      .default('auto')
      .superRefine((format, issue) => {
        const problem = dateFormatProblem(format)
        if (problem !== undefined) issue.addIssue({ code: 'custom', message: problem })
      }),
    { label: 'Date format', help: 'auto, or parts such as DD/MM/YYYY HH:mm:ss.' }
  ),
  delimiter: field(z.enum([',', ';', '\t', '|']).optional(), { label: 'Delimiter' }),
  encoding: field(
    z.enum(['auto', 'utf-8', 'utf-16', 'windows-1251', 'windows-1252']).default('auto'),
    {
      label: 'Encoding',
      help: 'auto takes UTF-8, and UTF-16 with a byte order mark.',
    }
  ),
  decimal_comma: field(z.boolean().default(false), {
    label: 'Decimal comma',
    help: 'The file writes 1.234,56.',
  }),
  rules: field(z.array(Rule).max(100).default([]), {
    label: 'Rules',
    help: 'The first rule that holds makes the row a refund or skips it.',
  }),
}

type Issue = { path: (string | number)[]; message: string }
type Spec = z.infer<z.ZodObject<typeof shape>>

function unknownFields(spec: Spec, known: string[]): Issue[] {
  return (['columns', 'constants'] as const).flatMap((part) =>
    Object.keys(spec[part])
      .filter((name) => !known.includes(name))
      .map((name) => ({
        path: [part, name],
        message: `${spec.kind} has no field “${name}”; it has ${known.join(', ')}`,
      }))
  )
}

function missingFields(spec: Spec, kind: KindSpec): Issue[] {
  const given = { ...spec.columns, ...spec.constants }
  const implied = Object.entries(kind.requiredWith ?? {})
    .filter(([, causes]) => causes.some((cause) => cause in given))
    .map(([name]) => name)
  return [...kind.required, ...implied]
    .filter((name) => !(name in given))
    .map((name) => ({
      path: ['columns', name],
      message: `${spec.kind} needs “${name}”: name its column, or its value in constants`,
    }))
}

function doubleFields(spec: Spec): Issue[] {
  return Object.keys(spec.constants)
    .filter((name) => name in spec.columns)
    .map((name) => ({ path: ['constants', name], message: 'It has a column already' }))
}

function refundRules(spec: Spec, kind: KindSpec): Issue[] {
  if (kind.refund !== undefined) return []
  return spec.rules.flatMap((rule, index) =>
    rule.as === 'refund'
      ? [{ path: ['rules', index, 'as'], message: `${spec.kind} knows no refunds` }]
      : []
  )
}

/** The import spec of the API, and the file it is about. */
export const Config = z.object(shape).superRefine((spec, context) => {
  const kind = kindSpec(spec.kind)
  const issues = [
    ...unknownFields(spec, fieldsOf(kind)),
    ...missingFields(spec, kind),
    ...doubleFields(spec),
    ...refundRules(spec, kind),
  ]
  for (const issue of issues) context.addIssue({ code: 'custom', ...issue })
})
export type Config = z.infer<typeof Config>
