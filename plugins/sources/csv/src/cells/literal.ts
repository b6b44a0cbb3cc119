import type { Output } from '../output.ts'
import type { Cells } from '../record_scanner.ts'
import type { CellWriter } from './cell_writer.ts'

/** The same bytes in every line: separators, constants, absent values. */
export class LiteralWriter implements CellWriter {
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  write(_cells: Cells, out: Output): boolean {
    out.copy(this.bytes, 0, this.bytes.length)
    return true
  }

  problem(): string {
    return ''
  }
}
