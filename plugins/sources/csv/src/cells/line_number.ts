import type { Output } from '../output.ts'
import type { Cells } from '../record_scanner.ts'
import type { CellWriter } from './cell_writer.ts'

/** The line of the file that the record starts on. */
export class LineNumberWriter implements CellWriter {
  write(cells: Cells, out: Output): boolean {
    out.integer(cells.line)
    return true
  }

  problem(): string {
    return ''
  }
}
