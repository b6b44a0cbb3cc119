/** One line of the result: what was measured beside what, in milliseconds. */
export interface Row {
  name: string
  ours: number
  floor: number
  /** Absent: measured to be watched. */
  goal?: { limit: number; text: string }
}

/** What HTTP, sign-in and a report's own look-ups may take. */
const OVERHEAD_MS = 15

/** A goal for reports: so many times the floor, and what HTTP takes. */
export const reportGoal = (times: number, floor: number): NonNullable<Row['goal']> => ({
  limit: times * floor + OVERHEAD_MS,
  text: `≤ ${times} × + ${OVERHEAD_MS} ms`,
})

function reached(ours: number, goal: Row['goal']): string {
  if (!goal) return '–'
  return ours <= goal.limit ? 'yes' : 'NO'
}

const ms = (value: number) => value.toFixed(value < 100 ? 1 : 0)

/** The rows as a Markdown table. */
export function renderTable(rows: readonly Row[]): string {
  const cells = [
    ['what', 'ours, ms', 'floor, ms', 'ratio', 'goal', 'reached'],
    ...rows.map(({ name, ours, floor, goal }) => [
      name,
      ms(ours),
      ms(floor),
      (ours / floor).toFixed(2),
      goal?.text ?? '–',
      reached(ours, goal),
    ]),
  ]
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((line) => (line[column] ?? '').length))
  )
  const lines = cells.map(
    (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  )
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}
