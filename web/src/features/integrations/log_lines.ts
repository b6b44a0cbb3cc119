import type { RunLogLine } from '../../api/types.ts'

/** The lines with one more; a stream that is opened again tells those again that were there. */
export const withLine = (lines: readonly RunLogLine[], line: RunLogLine): RunLogLine[] =>
  lines.some(({ id }) => id === line.id) ? [...lines] : [...lines, line]

/** What a connector adds to a line, in one line. */
export const dataText = (data: RunLogLine['data']): string =>
  Object.entries(data ?? {})
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ')
