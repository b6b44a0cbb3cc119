import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'

/** How much a line matters to whoever reads it. */
export const logLevels = ['info', 'warning', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

interface Line {
  run_id: string
  at: Date
  level: LogLevel
  message: string
  data: string | null
}

/** A run that has more to say says that it leaves it out. */
const MOST_LINES = 2000
const LONGEST_MESSAGE = 1000
const LARGEST_DATA = 4000
const WRITE_AFTER_MS = 1000

function shortened(text: string): string {
  // PostgreSQL keeps no NUL.
  const plain = text.replaceAll('\0', '')
  return plain.length > LONGEST_MESSAGE ? `${plain.slice(0, LONGEST_MESSAGE)}…` : plain
}

function dataOf(data: unknown): string | null {
  if (data === undefined) return null
  const text = JSON.stringify(data).replaceAll('\\u0000', '')
  return text.length > LARGEST_DATA ? null : text
}

/**
 * The log of a run as its user reads it. Lines are written together, a moment later; what they say has to
 * be without secrets already. The log is a service: where it cannot be written, the run goes on.
 */
export class RunLog {
  readonly #runId: string
  #lines: Line[] = []
  #count: Promise<number>
  #writing: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined

  constructor(runId: string) {
    this.#runId = runId
    this.#count = countLines(runId).catch(() => 0)
  }

  write(level: LogLevel, message: string, data?: unknown): void {
    this.#lines.push({
      run_id: this.#runId,
      at: new Date(),
      level,
      message: shortened(message),
      data: dataOf(data),
    })
    this.#timer ??= setTimeout(() => void this.flush(), WRITE_AFTER_MS).unref()
  }

  /** Writes what waits. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const lines = this.#lines
    this.#lines = []
    this.#writing = this.#writing
      .then(() => this.#store(lines))
      .catch((error: unknown) => logger.warn({ err: error }, 'lines of a run’s log are lost'))
    return this.#writing
  }

  async #store(lines: readonly Line[]): Promise<void> {
    const written = await this.#count
    this.#count = Promise.resolve(written + lines.length)
    const rest = Math.max(0, MOST_LINES - written)
    const kept = lines.slice(0, rest)
    const [first] = lines.slice(rest, rest + 1)
    if (first !== undefined && written <= MOST_LINES) {
      kept.push({ ...first, level: 'warning', message: 'Further lines are left out.', data: null })
    }
    if (kept.length > 0) await db.table('run_logs').multiInsert(kept)
  }
}

async function countLines(runId: string): Promise<number> {
  const [row] = (await db.from('run_logs').where('run_id', runId).count('* as n')) as {
    n: string
  }[]
  return Number(row?.n ?? 0)
}

/** A line of a run's log. */
export interface LoggedLine {
  id: string
  at: Date
  level: LogLevel
  message: string
  data: Record<string, unknown> | null
}

/** Lines behind one, the oldest first. */
export async function readRunLog(
  runId: string,
  after: number,
  limit: number
): Promise<LoggedLine[]> {
  return (await db
    .from('run_logs')
    .where('run_id', runId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .select('id', 'at', 'level', 'message', 'data')) as LoggedLine[]
}

/** The runs stay; what they said is of no use after a while. */
export async function purgeRunLogs(): Promise<void> {
  await db.rawQuery(
    `delete from run_logs where run_id in (
       select id from sync_runs where finished_at < now() - interval '30 days')`
  )
}
