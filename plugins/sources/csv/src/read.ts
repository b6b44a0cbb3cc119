import { SourceError, z, type BulkPage, type Context, type Json } from '@analyticaflow/sdk'
import type { Config } from './config.ts'
import { readHeader } from './head.ts'
import { textOf, withoutFirst, type Progress } from './input.ts'
import { PageReader, type PageLimits, type Position } from './page_reader.ts'
import { compilePlan, type Plan } from './plan.ts'

type CsvContext = Context<z.ZodType<Config>>

const Resume = z.strictObject({ line: z.int().positive(), offset: z.int().nonnegative() })

/** The import spec compiled for its file, having read no more than the head. */
export async function planOf(context: CsvContext): Promise<Plan> {
  const header = await readHeader(context.file('file'), context.config)
  return compilePlan(context.config, header, context.timezone)
}

function start(plan: Plan, resume: Json): Position {
  if (resume === null) return { line: plan.header.nextLine, offset: plan.header.end }
  const position = Resume.safeParse(resume)
  if (position.success) return position.data
  throw new SourceError('vendor_response', 'The stored position of this import is damaged.')
}

/** Rows of the whole file, guessed from the share of it that has been read. */
function estimate(line: number, progress: Progress, size: number): number {
  return Math.max(line, Math.round((line * size) / Math.max(1, progress.bytes)))
}

/** Pages of the file, from a position on. */
export async function* readPages(
  context: CsvContext,
  resume: Json,
  limits?: PageLimits
): AsyncGenerator<BulkPage> {
  const { config, signal } = context
  const plan = await planOf(context)
  const file = context.file('file')
  const position = start(plan, resume)
  const reader = new PageReader(plan, position, limits)
  const progress = { bytes: 0 }
  const page = (): BulkPage => {
    const next = { ...reader.position }
    return { ...reader.take(), next, total: estimate(next.line, progress, file.size) }
  }
  const text = textOf(file, config.encoding, progress)
  for await (const piece of withoutFirst(text, position.offset)) {
    signal.throwIfAborted()
    reader.feed(piece)
    while (reader.fill()) yield page()
  }
  reader.finish()
  while (reader.fill()) yield page()
  yield { ...reader.take(), next: null }
}
