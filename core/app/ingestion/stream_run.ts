import {
  kindsOf,
  SourceError,
  type Context,
  type Json,
  type Stream,
} from '@analyticaflow/sdk'
import {
  isStored,
  stageLines,
  storeRejections,
  type CommitCause,
  type Scope,
  type StoredKindName,
} from '#warehouse/public'
import type { EncodedPage } from './encode_page.ts'
import { assertLease, type Lease } from './lease.ts'
import { storePosition } from './positions.ts'
import { acceptPage, saveProgress, writeProgress, type StreamProgress } from './progress.ts'
import { publish } from './publish.ts'
import { step } from './steps.ts'

/** What every stream of a run shares. */
export interface RunContext {
  lease: Lease
  project: { id: string; timezone: string; currency: string }
  integrationId: string
  cause: CommitCause
  context: Context
  signal: AbortSignal
}

/**
 * One stream of a run: stages pages, remembers after each where reading goes on, and publishes what
 * is complete. The three kinds of stream differ only in what they read and when it is complete.
 */
export class StreamRun {
  readonly name: string
  readonly stream: Stream
  readonly run: RunContext
  progress: StreamProgress
  readonly #kinds: StoredKindName[]

  constructor(name: string, stream: Stream, run: RunContext, progress: StreamProgress) {
    this.name = name
    this.stream = stream
    this.run = run
    this.progress = { ...progress, status: 'running' }
    this.#kinds = kindsOf(stream).map((kind) => {
      if (isStored(kind)) return kind
      throw new SourceError('config_invalid', `Rows of the kind “${kind}” have no place here yet.`)
    })
  }

  /** Stages a page, then remembers `position`; a crash between the two reads the page once more. */
  async stage(page: EncodedPage, position: Json, total?: number): Promise<void> {
    this.run.signal.throwIfAborted()
    const { fence, runId } = this.run.lease
    const number = this.progress.nextPage
    const ref = { runId, stream: this.name, fence, page: number }
    for (const lines of page.lines) await stageLines(ref, lines)
    await storeRejections(this.run.project.id, ref, page.rejections)
    await step('page_staged')
    await this.#save({
      ...this.progress,
      position,
      pages: acceptPage(this.progress.pages, fence, number),
      nextPage: number + 1,
      deleted: [...this.progress.deleted, ...page.deleted],
      read: this.progress.read + page.read,
      loaded: this.progress.loaded + page.loaded,
      skipped: this.progress.skipped + page.skipped,
      rejected: this.progress.rejected + page.rejected,
      total: total ?? this.progress.total,
    })
    await step('position_saved')
  }

  /** Remembers how much there is to do. */
  async plan(windowsTotal: number): Promise<void> {
    await this.#save({ ...this.progress, windowsTotal })
  }

  /** Makes what is staged visible; with it the position becomes the one where the next run starts. */
  async publish(scope: Scope, position: Json, published: Partial<StreamProgress>): Promise<void> {
    this.run.signal.throwIfAborted()
    const { lease, project, integrationId, cause } = this.run
    const after: StreamProgress = {
      ...this.progress,
      ...published,
      pages: [],
      deleted: [],
    }
    await publish({
      project,
      integrationId,
      runId: lease.runId,
      cause,
      kinds: this.#kinds,
      stream: this.name,
      pages: this.progress.pages,
      scope,
      identity: identityOf(this.stream),
      settle: async (trx, version) => {
        await assertLease(trx, lease)
        await writeProgress(trx, lease.runId, this.name, after)
        await storePosition(trx, integrationId, this.name, position, version.commitId)
      },
    })
    this.progress = after
  }

  async #save(progress: StreamProgress): Promise<void> {
    await saveProgress(this.run.lease, this.name, progress)
    this.progress = progress
  }
}

function identityOf({ def }: Stream): 'record_key' | 'content' {
  return 'bulk' in def && def.bulk ? def.identity : 'record_key'
}
