import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { kindsOf, SourceError, type Context, type Json, type Stream } from '@analyticaflow/sdk'
import {
  isStored,
  stageDeleted,
  stageLines,
  storeRejections,
  suppressKeys,
  type CommitCause,
  type Scope,
  type StoredKindName,
} from '#warehouse/public'
import { withCheckpointVersion } from './checkpoints.ts'
import type { EncodedPage } from './encode_page.ts'
import { Stalled } from './failures.ts'
import { assertLease, type Lease } from './lease.ts'
import { storePosition } from './positions.ts'
import { acceptPage, saveProgress, writeProgress, type StreamProgress } from './progress.ts'
import { publish, tidyUp } from './publish.ts'
import { Segment, type Reached } from './segment.ts'
import { step } from './steps.ts'
import { suppressionOf } from './suppressions.ts'

/**
 * As much is written at once: an insert costs about the same for little and for much. Of a vendor's pages,
 * which come slowly, so much is kept at most while those before are written.
 */
const SEGMENT_BYTES = 16 * 1024 * 1024

/** Pages that leave the position where it was before a stream counts as stalled. */
const UNMOVED_PAGES = 3

/** What every stream of a run shares. */
export interface RunContext {
  lease: Lease
  project: { id: string; timezone: string; currency: string }
  integrationId: string
  /** In which form the source says where to go on. */
  checkpointVersion: number
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
  /** Pages that wait to be written, and the write or publication in progress. */
  #segment: Segment | undefined
  #writing: Promise<void> | undefined
  #isWriting = false
  /** Rows that this attempt has taken in, written or not. */
  rowsStaged = 0
  /** The last position, and how many pages have not moved it. */
  #reached = ''
  #unmoved = 0

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

  /**
   * Stages a page, then remembers `position`; a crash between the two reads the page once more.
   * What was staged before is written meanwhile: pages of files gathered to large segments, those of a
   * vendor as many as came during the write.
   */
  async stage(page: EncodedPage, position: Json, reached: Reached = {}): Promise<void> {
    this.run.signal.throwIfAborted()
    this.#assertMoving(position)
    this.#segment ??= new Segment()
    this.#segment.add(page, position, reached)
    this.rowsStaged += page.read
    if (this.#isGathering(this.#segment)) return
    await this.#writing
    const segment = this.#takeSegment()
    if (segment) this.#start(this.#write(segment))
  }

  #isGathering({ bytes }: Segment): boolean {
    return (isBulk(this.stream) || this.#isWriting) && bytes < SEGMENT_BYTES
  }

  #start(work: Promise<void>): void {
    this.#isWriting = true
    this.#writing = work.finally(() => {
      this.#isWriting = false
    })
    // Whoever awaits it next gets the error; until then it is not an unhandled one.
    this.#writing.catch(() => undefined)
  }

  /** A source that gives the same position again and again would go on for ever. */
  #assertMoving(position: Json): void {
    const text = JSON.stringify(position)
    this.#unmoved = text === this.#reached ? this.#unmoved + 1 : 0
    this.#reached = text
    if (this.#unmoved >= UNMOVED_PAGES) throw new Stalled(this.name)
  }

  /** Waits until everything is staged and remembered. */
  async #flush(): Promise<void> {
    await this.#writing
    this.#writing = undefined
    const segment = this.#takeSegment()
    if (segment) await this.#write(segment)
  }

  /**
   * Waits until what was read is staged, whatever becomes of it: where a vendor asks for a pause, what it
   * gave before is not read again.
   */
  async idle(): Promise<void> {
    await this.#flush().catch(() => undefined)
  }

  #takeSegment(): Segment | undefined {
    const segment = this.#segment
    this.#segment = undefined
    return segment
  }

  async #write(segment: Segment): Promise<void> {
    const { fence, runId } = this.run.lease
    const { progress } = this
    const number = progress.nextPage
    const ref = { runId, stream: this.name, fence, page: number }
    const { project, integrationId } = this.run
    const isKeyed = identityOf(this.stream) === 'record_key'
    const erased = await suppressionOf(project.id, integrationId, isKeyed)
    for (const [index, lines] of segment.lines().entries())
      await stageLines(ref, lines, index, erased)
    await storeRejections(project.id, ref, segment.rejections, erased)
    await stageDeleted(ref, await suppressKeys(this.name, segment.deleted, erased))
    await step('page_staged')
    await this.#save({
      ...progress,
      position: segment.position,
      pages: acceptPage(progress.pages, fence, number),
      nextPage: number + 1,
      read: progress.read + segment.counts.read,
      loaded: progress.loaded + segment.counts.loaded,
      skipped: progress.skipped + segment.counts.skipped,
      rejected: progress.rejected + segment.counts.rejected,
      total: segment.total ?? progress.total,
      windowsDone: segment.windowsDone ?? progress.windowsDone,
    })
    await step('position_saved')
  }

  /** There is nothing to read this time. */
  async leaveOut(): Promise<void> {
    await this.#save({ ...this.progress, status: 'done' })
  }

  /** Remembers how much there is to do, and where to begin where that is to stay as it is. */
  async plan(windowsTotal: number, position = this.progress.position): Promise<void> {
    await this.#save({ ...this.progress, windowsTotal, position })
  }

  /**
   * Makes what is staged visible; with it the position becomes the one where the next run starts.
   * `also` is what else becomes true in the same moment. Where the stream goes on, so does its reading
   * meanwhile: what it gives is kept, not staged, until the publication is done.
   */
  async publish(
    scope: Scope,
    position: Json,
    published: Partial<StreamProgress>,
    also?: (trx: TransactionClientContract) => Promise<void>
  ): Promise<void> {
    this.run.signal.throwIfAborted()
    await this.#flush()
    const after = withCheckpointVersion(
      { ...this.progress, ...published, pages: [] },
      this.run.checkpointVersion
    )
    this.#start(this.#publish(scope, position, after, also))
    // Of the last publication the rest is done once the run is finished.
    if (after.status === 'done') await this.#writing
  }

  async #publish(
    scope: Scope,
    position: Json,
    after: StreamProgress,
    also: ((trx: TransactionClientContract) => Promise<void>) | undefined
  ): Promise<void> {
    const { lease, project, integrationId, cause } = this.run
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
        await also?.(trx)
      },
    })
    this.progress = after
    if (after.status !== 'done') await tidyUp(lease.runId, project)
  }

  async #save(progress: StreamProgress): Promise<void> {
    this.progress = withCheckpointVersion(progress, this.run.checkpointVersion)
    await saveProgress(this.run.lease, this.name, this.progress)
  }
}

const isBulk = ({ def }: Stream): boolean => 'bulk' in def

function identityOf({ def }: Stream): 'record_key' | 'content' {
  return 'identity' in def ? def.identity : 'record_key'
}
