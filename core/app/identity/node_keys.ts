const LARGEST = 2n ** 64n - 1n

/** The key of an identifier or a document as the API writes it; undefined: it cannot be one. */
export function parseKey(text: string): bigint | undefined {
  if (!/^\d{1,20}$/.test(text)) return undefined
  const key = BigInt(text)
  return key <= LARGEST ? key : undefined
}

/** A pair in the order in which it is stored. */
export const inOrder = (one: bigint, other: bigint): [string, string] =>
  one < other ? [String(one), String(other)] : [String(other), String(one)]
