export interface Run {
  step: string
  times: number
}

/** Equal steps in a row, counted. */
export function runsOf(path: readonly string[]): Run[] {
  const runs: Run[] = []
  for (const step of path) {
    const last = runs.at(-1)
    if (last?.step === step) last.times += 1
    else runs.push({ step, times: 1 })
  }
  return runs
}
