import type { Kind } from '@analyticaflow/sdk'

/** How a row of the file becomes one line of a canonical kind. */
export interface Layout {
  kind: Kind
  /** Wire column → field of the import spec that fills it. How a cell is read follows from the column's type. */
  fields: Record<string, string>
  /** Wire column → the same text in every line. */
  literals?: Record<string, string>
  /** Wire columns that hold the line number. */
  lineNumbers?: string[]
  /** Wire columns whose amount loses its sign. */
  absolute?: string[]
}

/** One `kind` of the import spec. */
export interface KindSpec {
  title: string
  /** Fields that need a column or a constant. */
  required: readonly string[]
  /** Fields that need one as soon as one of the others has it. */
  requiredWith?: Record<string, readonly string[]>
  row: Layout
  /** Rows that a rule calls refunds; absent: the kind knows none. */
  refund?: Layout
}

/** Fields that are called as their wire columns. */
export const sameNames = (...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, name]))

export const UTM = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term']

/** All fields that a kind knows, in the order of its columns. */
export function fieldsOf(spec: KindSpec): string[] {
  const fields = [...Object.values(spec.row.fields), ...Object.values(spec.refund?.fields ?? {})]
  return [...new Set(fields)]
}
