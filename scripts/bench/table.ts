/** One line of the result: what was measured beside what, in milliseconds. */
export interface Row {
  name: string
  ours: number
  floor: number
  goal: number
  goalText: string
}

const ms = (value: number) => value.toFixed(value < 100 ? 1 : 0)

/** The rows as a Markdown table. */
export function renderTable(rows: readonly Row[]): string {
  const cells = [
    ['what', 'ours, ms', 'floor, ms', 'ratio', 'goal', 'reached'],
    ...rows.map(({ name, ours, floor, goal, goalText }) => [
      name,
      ms(ours),
      ms(floor),
      (ours / floor).toFixed(2),
      goalText,
      ours <= goal ? 'yes' : 'NO',
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
