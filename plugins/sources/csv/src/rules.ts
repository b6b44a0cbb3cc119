import type { Rule } from './config.ts'
import { cellBytes } from './cells/cell_writer.ts'
import type { Cells } from './record_scanner.ts'

/** What a row is: a row of its kind, a refund, or left out. */
export type Verdict = 'row' | 'refund' | 'skip'

interface Test {
  verdict: Verdict
  holds(cells: Cells): boolean
}

/** From this many values on a set is quicker than comparing one by one. */
const MANY = 8

function sameBytes(cells: Cells, cell: number, value: Uint8Array, wholeCell: boolean): boolean {
  const start = cells.starts[cell] as number
  const length = (cells.ends[cell] as number) - start
  if (wholeCell ? length !== value.length : length < value.length) return false
  const { data } = cells
  for (let i = 0; i < value.length; i++) if (data[start + i] !== value[i]) return false
  return true
}

function testOf({ when, as }: Rule, cell: number): Test {
  const { starts_with: prefix, equals, in: list = [] } = when
  if (prefix !== undefined) {
    const bytes = Buffer.from(prefix)
    return { verdict: as, holds: (cells) => sameBytes(cells, cell, bytes, false) }
  }
  const values = equals === undefined ? list : [equals]
  if (values.length < MANY) {
    const all = values.map((value) => Buffer.from(value))
    return {
      verdict: as,
      holds: (cells) => all.some((value) => sameBytes(cells, cell, value, true)),
    }
  }
  const set = new Set(values)
  return { verdict: as, holds: (cells) => set.has(cellBytes(cells, cell).toString('utf8')) }
}

/** The rules of an import, compiled for its header; the first that holds decides. */
export class Rules {
  readonly #tests: Test[]

  constructor(rules: readonly Rule[], cellOf: (rule: Rule, index: number) => number) {
    this.#tests = rules.map((rule, index) => testOf(rule, cellOf(rule, index)))
  }

  verdict(cells: Cells): Verdict {
    for (const test of this.#tests) if (test.holds(cells)) return test.verdict
    return 'row'
  }
}
