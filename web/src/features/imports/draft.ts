import type { Project } from '../../api/types.ts'
import { FIELDS, guessColumns, guessKind, type Columns, type Field, type Kind } from './fields.ts'
import type { FileHead } from './read_head.ts'

export interface Rule {
  column: string
  starts_with: string
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
  rules: Rule[]
}

export type DraftChange =
  | { type: 'set'; patch: Partial<Pick<Draft, 'name' | 'currency' | 'timezone' | 'dateFormat'>> }
  | { type: 'kind'; kind: Kind; headers: readonly string[] }
  | { type: 'column'; field: Field; column: string | null }
  | { type: 'add_rule'; rule: Rule }
  | { type: 'change_rule'; index: number; patch: Partial<Rule> }
  | { type: 'remove_rule'; index: number }

const withColumn = (columns: Columns, field: Field, column: string | null): Columns => {
  const { [field]: _before, ...rest } = columns
  return column === null ? rest : { ...rest, [field]: column }
}

export function changeDraft(draft: Draft, change: DraftChange): Draft {
  switch (change.type) {
    case 'set':
      return { ...draft, ...change.patch }
    case 'kind':
      return {
        ...draft,
        kind: change.kind,
        columns: guessColumns(change.kind, change.headers),
        rules: change.kind === 'order_lines' ? draft.rules : [],
      }
    case 'column':
      return { ...draft, columns: withColumn(draft.columns, change.field, change.column) }
    case 'add_rule':
      return { ...draft, rules: [...draft.rules, change.rule] }
    case 'change_rule':
      return {
        ...draft,
        rules: draft.rules.map((rule, index) =>
          index === change.index ? { ...rule, ...change.patch } : rule,
        ),
      }
    case 'remove_rule':
      return { ...draft, rules: draft.rules.filter((_, index) => index !== change.index) }
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
  if (kind !== 'order_lines' || column === undefined) return []
  const index = head.columns.indexOf(column)
  const marks = new Set(head.rows.map((row) => /^([A-Z])\d+$/.exec(row[index] ?? '')?.[1]))
  const plain = head.rows.some((row) => /^\d+$/.test(row[index] ?? ''))
  if (!plain) return []
  return ['C', 'R']
    .filter((mark) => marks.has(mark))
    .map((mark) => ({ column, starts_with: mark, as: 'refund' as const }))
}

export function newDraft(file: string, head: FileHead, project: Project): Draft {
  const kind = guessKind(head.columns)
  const columns = guessColumns(kind, head.columns)
  return {
    name: nameFromFile(file),
    kind,
    columns,
    currency: project.currency,
    timezone: project.timezone,
    dateFormat: 'auto',
    rules: guessRules(kind, columns, head),
  }
}

/** Required fields that have no column yet. */
export const missingFields = (draft: Draft): Field[] =>
  FIELDS[draft.kind]
    .filter(({ field, required }) => required && draft.columns[field] === undefined)
    .map(({ field }) => field)

export const matches = (rule: Rule, head: FileHead, row: readonly string[]): boolean =>
  rule.starts_with !== '' && (row[head.columns.indexOf(rule.column)] ?? '').startsWith(rule.starts_with)

/** The first rule that catches a row decides, as on the server. */
export const ruleFor = (draft: Draft, head: FileHead, row: readonly string[]): Rule | undefined =>
  draft.rules.find((rule) => matches(rule, head, row))

export interface ImportSpec {
  kind: Kind
  name: string
  columns: Columns
  constants?: { currency: string }
  timezone: string
  date_format: string
  rules: { when: { column: string; starts_with: string }; as: Rule['as'] }[]
}

export function toSpec(draft: Draft): ImportSpec {
  return {
    kind: draft.kind,
    name: draft.name.trim(),
    columns: draft.columns,
    ...(draft.columns.currency === undefined && { constants: { currency: draft.currency } }),
    timezone: draft.timezone,
    date_format: draft.dateFormat,
    rules: draft.rules
      .filter(({ starts_with }) => starts_with !== '')
      .map(({ column, starts_with, as }) => ({ when: { column, starts_with }, as })),
  }
}
