import {
  factorDigits,
  recordColumns,
  SourceError,
  wire,
  type Kind,
  type WireColumn,
} from '@analyticaflow/sdk'
import type { CellWriter } from './cells/cell_writer.ts'
import { CountWriter } from './cells/count.ts'
import { DecimalWriter } from './cells/decimal.ts'
import { MAX_WHOLE } from './cells/decimal_text.ts'
import { LiteralWriter } from './cells/literal.ts'
import { MemoWriter } from './cells/memo.ts'
import { currencyProblem, flagProblem, readCurrency, readFlag } from './cells/readers.ts'
import { TextWriter } from './cells/text.ts'
import { TimeWriter } from './cells/time.ts'
import { RequiredWhenAny } from './cells/when_any.ts'
import type { Config } from './config.ts'
import { DateFormat, dayText, instantText } from './date_format.ts'
import type { Header } from './head.ts'
import { kindSpec } from './kinds/index.ts'
import type { KindSpec, Layout } from './kinds/kind_spec.ts'
import { LineNumberWriter } from './cells/line_number.ts'
import { Output } from './output.ts'
import { Rules } from './rules.ts'
import { TimeZone } from './time_zone.ts'

/** One writer of a line, and what to call its cell in messages. */
export interface Step {
  writer: CellWriter
  field: string
  /** Cell of the record, -1 for what is not read from one. */
  cell: number
}

/** How a row is written after its payload: the steps put separators and the line feed, too. */
export interface LinePlan {
  kind: Kind
  /** Columns of the line; those that would be empty in every line are left out. */
  columns: readonly string[]
  steps: readonly Step[]
}

/** An import spec, compiled for the header of its file. */
export interface Plan {
  header: Header
  row: LinePlan
  refund: LinePlan | undefined
  rules: Rules
}

/** Columns that the warehouse multiplies have to leave room for the product. */
const FACTORS: Readonly<Record<string, number>> = factorDigits

const SHOWN_COLUMNS = 20
const SHOWN_LETTERS = 40

/** Names for a message, which a broken header must not blow up. */
function listed(columns: readonly string[]): string {
  const names = columns
    .slice(0, SHOWN_COLUMNS)
    .map((name) => (name.length > SHOWN_LETTERS ? `${name.slice(0, SHOWN_LETTERS)}…` : name))
  return [...names, ...(columns.length > SHOWN_COLUMNS ? ['…'] : [])].join(', ')
}

/** Cell of a column. @throws SourceError `config_invalid` at `field` unless the header has it once */
function cellOf(header: Header, column: string, field: string): number {
  const first = header.columns.indexOf(column.trim())
  if (first === -1) {
    const message = `The file has no column “${column}”. It has: ${listed(header.columns)}`
    throw new SourceError('config_invalid', message, { field })
  }
  if (header.columns.includes(column.trim(), first + 1)) {
    const message = `The file has more than one column “${column}”`
    throw new SourceError('config_invalid', message, { field })
  }
  return first
}

/** What an unmapped column holds, by its type; `undefined` where there is no such thing. */
function absent(type: WireColumn['type']): string | undefined {
  if (type === 'String') return ''
  if (type.startsWith('Nullable')) return '\\N'
  if (type.startsWith('Array')) return '[]'
  if (type.startsWith('Map')) return '{}'
  return type.startsWith('Date') ? undefined : '0'
}

/** Makes the writers of one import. */
class PlanBuilder {
  readonly #spec: KindSpec
  readonly #config: Config
  readonly #header: Header
  readonly #dates: DateFormat
  readonly #zone: TimeZone

  constructor(config: Config, header: Header, timezone: string) {
    this.#spec = kindSpec(config.kind)
    this.#config = config
    this.#header = header
    this.#dates = new DateFormat(config.date_format)
    this.#zone = new TimeZone(config.timezone ?? timezone)
  }

  line(layout: Layout): LinePlan {
    const steps: Step[] = []
    const columns = recordColumns.map(({ name }) => name)
    for (const column of wire[layout.kind].columns.slice(columns.length)) {
      const step = this.#step(layout, column)
      if (isEmpty(step, column.type)) continue
      columns.push(column.name)
      steps.push(literal('\t'), step)
    }
    return { kind: layout.kind, columns, steps: joined([...steps, literal('\n')]) }
  }

  rules(): Rules {
    return new Rules(this.#config.rules, (rule, index) =>
      cellOf(this.#header, rule.when.column, `rules.${index}.when.column`)
    )
  }

  #step(layout: Layout, column: WireColumn): Step {
    if (layout.lineNumbers?.includes(column.name) === true) {
      return { writer: new LineNumberWriter(), field: 'line', cell: -1 }
    }
    const field = layout.fields[column.name]
    const name = field === undefined ? undefined : this.#config.columns[field]
    if (field === undefined || name === undefined) {
      return literal(this.#unmapped(layout, column, field))
    }
    const cell = cellOf(this.#header, name, `columns.${field}`)
    return { writer: this.#writer(layout, column, field, cell), field, cell }
  }

  #unmapped(layout: Layout, column: WireColumn, field: string | undefined): string {
    const constant = field === undefined ? undefined : this.#config.constants[field]
    if (field === undefined || constant === undefined) {
      return layout.literals?.[column.name] ?? absent(column.type) ?? ''
    }
    return this.#constant(layout, column, field, constant)
  }

  /** A constant as its cell would come out, were it in every row. */
  #constant(layout: Layout, column: WireColumn, field: string, value: string): string {
    const data = Buffer.from(value)
    const one = { starts: Int32Array.of(0), ends: Int32Array.of(data.length) }
    const out = new Output(data.length * 2 + 64)
    const writer = this.#writer(layout, column, field, 0)
    if (!writer.write({ data, ...one, escapes: Uint8Array.of(1), line: 0 }, out)) {
      const message = `“${value}” ${writer.problem(value.trim())}`
      throw new SourceError('config_invalid', message, { field: `constants.${field}` })
    }
    return Buffer.from(out.take()).toString('utf8')
  }

  #writer(layout: Layout, column: WireColumn, field: string, cell: number): CellWriter {
    const required = this.#typed(layout, column, cell, undefined)
    if (this.#spec.required.includes(field)) return required
    const optional = this.#typed(layout, column, cell, emptyBytes(column.type))
    const others = (this.#spec.requiredWith?.[field] ?? []).flatMap((name) => {
      const mapped = this.#config.columns[name]
      return mapped === undefined ? [] : [cellOf(this.#header, mapped, `columns.${name}`)]
    })
    return others.length === 0 ? optional : new RequiredWhenAny(others, required, optional)
  }

  /** The writer of a column's type; `empty` is what an empty cell becomes, if it may be empty. */
  #typed(
    layout: Layout,
    column: WireColumn,
    cell: number,
    empty: Uint8Array | undefined
  ): CellWriter {
    if (column.name === 'currency')
      return new MemoWriter(cell, empty, readCurrency, currencyProblem)
    const kind = column.type.replace(/^Nullable\((.*)\)$/, '$1')
    if (kind === 'String') return new TextWriter(cell, empty)
    if (kind.startsWith('Decimal')) {
      const absolute = layout.absolute?.includes(column.name) ?? false
      const maxWhole = FACTORS[column.name] ?? MAX_WHOLE
      const options = { decimalComma: this.#config.decimal_comma, absolute, maxWhole }
      return new DecimalWriter(cell, empty, options)
    }
    if (kind === 'UInt64') return new CountWriter(cell, empty)
    if (kind === 'UInt8') return new MemoWriter(cell, empty, readFlag, flagProblem)
    return this.#dateWriter(kind, cell, empty)
  }

  #dateWriter(type: string, cell: number, empty: Uint8Array | undefined): CellWriter {
    const dates = this.#dates
    const problem = (text: string) => dates.problem(text)
    if (type === 'Date') return new MemoWriter(cell, empty, (text) => dayText(text, dates), problem)
    const read = (text: string) => instantText(text, dates, this.#zone)
    const fallback = new MemoWriter(cell, empty, read, problem)
    return new TimeWriter(cell, this.#config.date_format, this.#zone, fallback)
  }
}

const emptyBytes = (type: WireColumn['type']): Uint8Array | undefined => {
  const text = absent(type)
  return text === undefined ? undefined : Buffer.from(text)
}

/** Whether the step writes what an omitted column holds anyway. */
function isEmpty({ writer }: Step, type: WireColumn['type']): boolean {
  return writer instanceof LiteralWriter && Buffer.from(writer.bytes).toString() === absent(type)
}

const literal = (text: string): Step => ({
  writer: new LiteralWriter(Buffer.from(text)),
  field: '',
  cell: -1,
})

/** Neighbouring literals as one: most columns of most files are absent. */
function joined(steps: readonly Step[]): Step[] {
  const result: Step[] = []
  for (const step of steps) {
    const last = result.at(-1)?.writer
    if (step.writer instanceof LiteralWriter && last instanceof LiteralWriter) {
      result[result.length - 1] = {
        ...step,
        writer: new LiteralWriter(Buffer.concat([last.bytes, step.writer.bytes])),
      }
    } else result.push(step)
  }
  return result
}

/**
 * Compiles an import spec for the header of its file.
 *
 * @throws SourceError `config_invalid` with `detail.field` where the two do not fit
 */
export function compilePlan(config: Config, header: Header, timezone: string): Plan {
  const spec = kindSpec(config.kind)
  const builder = new PlanBuilder(config, header, timezone)
  const { refund } = spec
  return {
    header,
    row: builder.line(spec.row),
    refund: refund === undefined ? undefined : builder.line(refund),
    rules: builder.rules(),
  }
}
