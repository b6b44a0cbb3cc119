import type { Project } from '../../api/types.ts'
import { FIELDS, hasCurrency, REFUNDABLE, type Field, type Kind } from './fields.ts'
import {
  guessColumns,
  guessDateFormat,
  guessDecimalComma,
  guessKind,
  valuesOf,
  type Columns,
} from './guess.ts'
import type { FileHead } from './read_head.ts'

export const RULE_TESTS = ['starts_with', 'equals'] as const
export type RuleTest = (typeof RULE_TESTS)[number]

export interface Rule {
  column: string
  test: RuleTest
  value: string
  as: 'refund' | 'skip'
}

/** What the mapping screen edits; `toSpec` turns it into what the API takes. */
export interface Draft {
  name: string
  kind: Kind
  columns: Columns
  currency: string
  timezone: string
  dateFormat: string
  decimalComma: boolean
  rules: Rule[]
}

type Settings = Pick<Draft, 'name' | 'currency' | 'timezone' | 'dateFormat' | 'decimalComma'>

export type DraftChange =
  | { type: 'set'; patch: Partial<Settings> }
  | { type: 'kind'; kind: Kind; head: FileHead }
  | { type: 'column'; field: Field; column: string | null }
  | { type: 'add_rule'; rule: Rule }
  | { type: 'change_rule'; index: number; patch: Partial<Rule> }
  | { type: 'remove_rule'; index: number }

const withColumn = (columns: Columns, field: Field, column: string | null): Columns => {
  const { [field]: _before, ...rest } = columns
  return column === null ? rest : { ...rest, [field]: column }
}

function changeRules(rules: Rule[], change: DraftChange): Rule[] {
  switch (change.type) {
    case 'add_rule':
      return [...rules, change.rule]
    case 'change_rule':
      return rules.map((rule, index) =>
        index === change.index ? { ...rule, ...change.patch } : rule
      )
    case 'remove_rule':
      return rules.filter((_, index) => index !== change.index)
    default:
      return rules
  }
}

export function changeDraft(draft: Draft, change: DraftChange): Draft {
  switch (change.type) {
    case 'set':
      return { ...draft, ...change.patch }
    case 'kind':
      return { ...draft, ...guesses(change.kind, change.head) }
    case 'column':
      return { ...draft, columns: withColumn(draft.columns, change.field, change.column) }
    default:
      return { ...draft, rules: changeRules(draft.rules, change) }
  }
}

/** sales-2011.csv.gz → sales-2011 */
export const nameFromFile = (file: string): string =>
  file.replace(/\.(gz|gzip)$/i, '').replace(/\.(csv|tsv|txt)$/i, '')

/**
 * Shops often mark returns by a letter before the number. Where the order numbers are plain
 * numbers but for some that start with C or R, offer the rule; the person sees what it catches.
 */
function guessRules(kind: Kind, columns: Columns, head: FileHead): Rule[] {
  const column = columns.order_id
  if (!REFUNDABLE.includes(kind) || column === undefined) return []
  const ids = valuesOf(head, column)
  if (!ids.some((id) => /^\d+$/.test(id))) return []
  const marks = new Set(ids.map((id) => /^([A-Z])\d+$/.exec(id)?.[1]))
  return ['C', 'R']
    .filter((mark) => marks.has(mark))
    .map((value) => ({ column, test: 'starts_with', value, as: 'refund' }))
}

/** All that follows from the kind and the first rows. */
function guesses(kind: Kind, head: FileHead) {
  const columns = guessColumns(kind, head.columns)
  return {
    kind,
    columns,
    dateFormat: guessDateFormat(kind, columns, head),
    decimalComma: guessDecimalComma(columns, head),
    rules: guessRules(kind, columns, head),
  }
}

export function newDraft(file: string, head: FileHead, project: Project): Draft {
  const { currency, timezone } = project
  return { name: nameFromFile(file), currency, timezone, ...guesses(guessKind(head.columns), head) }
}

/** Required fields that have no column yet. */
export const missingFields = (draft: Draft): Field[] =>
  FIELDS[draft.kind]
    .filter(({ field, required }) => required && draft.columns[field] === undefined)
    .map(({ field }) => field)

export function matches(rule: Rule, head: FileHead, row: readonly string[]): boolean {
  if (rule.value === '') return false
  const value = row[head.columns.indexOf(rule.column)] ?? ''
  return rule.test === 'equals' ? value === rule.value : value.startsWith(rule.value)
}

/** The first rule that catches a row decides, as on the server. */
export const ruleFor = (draft: Draft, head: FileHead, row: readonly string[]): Rule | undefined =>
  draft.rules.find((rule) => matches(rule, head, row))

/** The currency is a constant where the file has no column of it. */
const constantsOf = ({ kind, columns, currency }: Draft) =>
  hasCurrency(kind) && columns.currency === undefined ? { currency } : {}

/** What goes to the API before the file. Everything the browser has found out is said outright. */
export function toSpec(draft: Draft, head: FileHead) {
  return {
    name: draft.name.trim(),
    kind: draft.kind,
    columns: draft.columns,
    constants: constantsOf(draft),
    timezone: draft.timezone,
    date_format: draft.dateFormat.trim() || 'auto',
    delimiter: head.delimiter,
    encoding: head.encoding,
    decimal_comma: draft.decimalComma,
    rules: draft.rules
      .filter(({ value }) => value !== '')
      .map(({ column, test, value, as }) => ({ when: { column, [test]: value }, as })),
  }
}
