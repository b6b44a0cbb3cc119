const PIECE_BYTES = 65_536
/** Of a letter of JavaScript's texts in UTF-8, at most. */
const BYTES_PER_UNIT = 3

const piece = Buffer.allocUnsafeSlow(PIECE_BYTES)

/**
 * Lines as bytes, in pieces. They are written one after the other into memory that is warm: one long text
 * of them all would be copied twice into memory that is not, which takes six times as long.
 */
export function bytesOfLines(lines: readonly string[]): Uint8Array[] {
  const pieces: Uint8Array[] = []
  let filled = 0
  const close = () => {
    if (filled > 0) pieces.push(Buffer.from(piece.subarray(0, filled)))
    filled = 0
  }
  for (const line of lines) {
    const needed = line.length * BYTES_PER_UNIT
    if (filled + needed > PIECE_BYTES) close()
    if (needed > PIECE_BYTES) pieces.push(Buffer.from(line))
    else filled += piece.write(line, filled)
  }
  close()
  return pieces
}
