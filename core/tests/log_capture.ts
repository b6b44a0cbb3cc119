import { useLogSink } from '#shared/logging'

let lines: string[] = []

/** Keeps the log in memory, so that tests can look into it; AF_TEST_LOG=1 shows it as well. */
export function captureLogs(): void {
  useLogSink({
    write: (line) => {
      lines.push(line)
      if (process.env.AF_TEST_LOG) process.stderr.write(line)
    },
  })
}

/** Everything logged since the last call. */
export function takeLogs(): string {
  const taken = lines.join('')
  lines = []
  return taken
}
