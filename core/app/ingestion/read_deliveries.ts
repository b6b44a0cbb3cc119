import type { Topic } from '@analyticaflow/sdk'
import {
  endDeliveries,
  waitingDeliveries,
  type Delivery,
  type RunSubject,
} from '#connections/public'
import { encodePage } from './encode_page.ts'
import { newestRows } from './newest_rows.ts'
import { loadPosition } from './positions.ts'
import { loadProgress } from './progress.ts'
import { StreamRun, type RunContext } from './stream_run.ts'
import { toldRows } from './webhook_rows.ts'

/** So many calls are carried out with one publication. */
const AT_ONCE = 500

type Topics = Record<string, Topic<string>>

function byStream(topics: Topics, deliveries: readonly Delivery[]): Map<string, Delivery[]> {
  const streams = new Map<string, Delivery[]>()
  for (const delivery of deliveries) {
    const stream = topics[delivery.topic]?.stream
    if (stream === undefined) continue
    streams.set(stream, [...(streams.get(stream) ?? []), delivery])
  }
  return streams
}

async function failAll(failed: ReadonlyMap<string, string>): Promise<void> {
  for (const [id, reason] of failed) await endDeliveries([id], 'failed', reason)
}

/** Makes what calls tell of one stream visible; the calls have ended in the same moment. */
async function publishTold(
  run: RunContext,
  subject: RunSubject,
  name: string,
  deliveries: readonly Delivery[]
): Promise<void> {
  const stream = subject.source.streams[name]
  const topics = subject.source.webhooks?.topics ?? {}
  if (stream?.kind !== 'entity') {
    return endDeliveries(
      deliveries.map(({ id }) => id),
      'failed',
      'No stream takes rows one by one here.'
    )
  }
  const { def } = stream
  const { rows, deleted, told, failed } = await toldRows(def, topics, deliveries, run.context)
  await failAll(failed)
  const page = { rows: await newestRows(run, name, def, rows), deleted, next: null }
  const streamRun = new StreamRun(name, stream, run, await loadProgress(run.lease.runId, name))
  const last = deliveries.at(-1)?.id ?? ''
  await streamRun.stage(encodePage(def, page, run.context.config), { delivery: last })
  await streamRun.publish(
    { type: 'keys' },
    // Where the next run of the stream starts is none of a call's business.
    await loadPosition(run.integrationId, name),
    { status: 'done' },
    (trx) => endDeliveries(told, 'done', null, trx)
  )
}

/** Carries out the calls of the vendor that wait, until none does. */
export async function readDeliveries(run: RunContext, subject: RunSubject): Promise<void> {
  const topics = subject.source.webhooks?.topics ?? {}
  const names = Object.keys(topics)
  for (;;) {
    const waiting = await waitingDeliveries(run.integrationId, names, AT_ONCE)
    if (waiting.length === 0) return
    for (const [stream, deliveries] of byStream(topics, waiting)) {
      await publishTold(run, subject, stream, deliveries)
    }
  }
}
