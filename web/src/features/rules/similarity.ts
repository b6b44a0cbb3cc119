/** Words of a name, whatever stands between them: "Brand | DE" and "brand_de" are the same. */
const wordsOf = (name: string): string[] =>
  name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

const pairsOf = (text: string): string[] =>
  Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2))

/** How much two names have in common, from 0 to 1: pairs of letters that stand in both (Dice). */
export function similarity(one: string, other: string): number {
  const [a, b] = [wordsOf(one).join(' '), wordsOf(other).join(' ')]
  if (a === '' || b === '') return 0
  if (a === b) return 1
  const left = pairsOf(a)
  const right = pairsOf(b)
  const found = left.filter((pair) => {
    const at = right.indexOf(pair)
    if (at >= 0) right.splice(at, 1)
    return at >= 0
  })
  return (2 * found.length) / (a.length + b.length - 2 || 1)
}

const LIKELY = 0.55

/** What a name is most like, if it is like anything. */
export function bestMatch<Item>(
  name: string,
  items: readonly Item[],
  nameOf: (item: Item) => string
): Item | null {
  const rated = items
    .map((item) => ({ item, rate: similarity(name, nameOf(item)) }))
    .sort((one, other) => other.rate - one.rate)
  const [best] = rated
  return best && best.rate >= LIKELY ? best.item : null
}
