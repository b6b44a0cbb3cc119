import { databaseAnswers } from '#shared/database_health'

type Check = () => Promise<boolean>

async function clickhouseAnswers(): Promise<boolean> {
  const url = process.env.CLICKHOUSE_URL
  if (!url) return false
  const { origin } = new URL(url)
  try {
    const answer = await fetch(`${origin}/ping`, { signal: AbortSignal.timeout(2000) })
    return answer.ok
  } catch {
    return false
  }
}

const checks = new Map<string, Check>([
  ['postgres', databaseAnswers],
  ['clickhouse', clickhouseAnswers],
])

/** The parts this process needs before it can serve, and whether each answers now. */
export async function readiness(): Promise<Record<string, boolean>> {
  const names = [...checks.keys()]
  const results = await Promise.all([...checks.values()].map((check) => check()))
  return Object.fromEntries(names.map((name, index) => [name, results[index] ?? false]))
}
