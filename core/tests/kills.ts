/** `npm run soak` draws a seed of its own. */
const asked = process.env.AF_KILL_SEED

/** Whether as many kills are wanted as there can be. */
export const isSoak = asked !== undefined

/** Numbers in [0, 1): the same kills in every run of the suite. */
export function seededKills(usual: number): () => number {
  let state = Number(asked ?? usual)
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

/** Steps after which a kill has to land, in their order: a few that are drawn, in a soak all. */
export function killedSteps<Step>(
  steps: readonly Step[],
  few: number,
  random: () => number
): Step[] {
  if (isSoak) return [...steps]
  const drawn = steps.map((step) => ({ step, lot: random() })).sort((a, b) => a.lot - b.lot)
  const chosen = new Set(drawn.slice(0, few).map(({ step }) => step))
  return steps.filter((step) => chosen.has(step))
}
