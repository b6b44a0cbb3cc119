import type { Context, Json, Stream } from '@analyticaflow/sdk'
import { acceptBulk, encodePage } from './encode_page.ts'
import type { StreamRun } from './stream_run.ts'

type Snapshot = Extract<Stream, { kind: 'snapshot' }>

/**
 * TRICKY: the last page's position is null, as is the first's; without `complete` a crash before the
 * publication would read everything again, and rows without a key would count twice.
 */
interface Position {
  resume: Json
  complete: boolean
}

/** Reads a list or a file whole; it replaces what was known when the last page is in. */
export async function readSnapshot(run: StreamRun, { def }: Snapshot): Promise<void> {
  const { context } = run.run
  if (run.progress.windowsTotal === 0) await run.plan(1)
  const position = run.progress.position as unknown as Position | null
  if (!position?.complete) await stageAll(run, def, position?.resume ?? null, context)
  await run.publish({ type: 'all' }, null, { status: 'done', windowsDone: 1, position: null })
}

async function stageAll(
  run: StreamRun,
  def: Snapshot['def'],
  resume: Json,
  context: Context
): Promise<void> {
  const after = (next: Json) => ({ resume: next, complete: next === null })
  if (def.bulk) {
    for await (const page of def.read(context, null, resume)) {
      await run.stage(acceptBulk(page), after(page.next), { total: page.total })
    }
    return
  }
  for await (const page of def.read(context, null, resume)) {
    await run.stage(encodePage(def, page, context.config), after(page.next), { total: page.total })
  }
}
