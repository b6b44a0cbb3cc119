/** How long the task takes, in milliseconds. */
export async function timed(task: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await task()
  return performance.now() - started
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

/** Medians of two tasks that take turns, so that whatever else the machine does hits both. */
export async function sideBySide(
  rounds: number,
  ours: (round: number) => Promise<number>,
  floor: (round: number) => Promise<number>
): Promise<{ ours: number; floor: number }> {
  const times: { ours: number[]; floor: number[] } = { ours: [], floor: [] }
  for (let round = 0; round < rounds; round += 1) {
    times.floor.push(await floor(round))
    times.ours.push(await ours(round))
  }
  return { ours: median(times.ours), floor: median(times.floor) }
}
