import { createHmac } from 'node:crypto'
import { execute, type DocumentNode, type GraphQLError } from 'graphql'
import { isoOf } from '../world/calendar.ts'
import { isFields, type Answer, type Asked, type Fields } from '../http/exchange.ts'
import type { Asking } from './asking.ts'
import { bulkQueryOf } from './bulk_query.ts'
import { NotPlayed } from './errors.ts'
import { executionOf } from './execution.ts'
import { gid } from './views/money.ts'

/** The first look finds it running, the second one done. */
type Status = 'CREATED' | 'RUNNING' | 'COMPLETED' | 'CANCELED' | 'FAILED'

const MAX_RUNNING = 5
const LINK_DAYS = 7
/** An operation that nobody looks at is done after some seconds, too. */
const UNWATCHED_MS = 3000
const BUCKET = 'https://storage.googleapis.com'
const FOLDER = '/shopify-tiers-assets-prod-us-east1/bulk-operation-outputs'

interface Operation {
  id: number
  query: string
  document: DocumentNode
  asking: Asking
  isGrouped: boolean
  status: Status
  errorCode: string | null
  createdAt: number
  completedAt: number | null
  startedMs: number
  lines: string[]
  rootCount: number
  /** Fields that it asked for and the double does not play. */
  gaps: string[]
}

interface Line {
  depth: number
  text: string
}

const isConnection = (value: unknown): value is Fields =>
  isFields(value) && (Array.isArray(value.edges) || Array.isArray(value.nodes))

const nodesOf = ({ edges, nodes }: Fields): Fields[] => {
  if (Array.isArray(nodes)) return nodes as Fields[]
  return (edges as Fields[]).map(({ node }) => node as Fields)
}

/** Connections of a node become lines of their own, which name it as their parent. */
function linesOf(node: Fields, parent: unknown, depth: number): Line[] {
  const entries = Object.entries(node)
  const own = Object.fromEntries(entries.filter(([, value]) => !isConnection(value)))
  const named = parent === undefined ? own : { ...own, __parentId: parent }
  const below = entries
    .filter(([, value]) => isConnection(value))
    .flatMap(([, value]) => nodesOf(value as Fields))
  return [
    { depth, text: JSON.stringify(named) },
    ...below.flatMap((child) => linesOf(child, node.id, depth + 1)),
  ]
}

function* endedLines(lines: readonly string[]): Generator<string> {
  for (const line of lines) yield `${line}\n`
}

const codeOf = ({ extensions }: GraphQLError): string =>
  extensions.code === 'ACCESS_DENIED' ? 'ACCESS_DENIED' : 'INTERNAL_SERVER_ERROR'

const userError = (code: string, message: string) => ({
  bulkOperation: null,
  userErrors: [{ field: ['query'], message, code }],
})

/** Bulk operations of one app in one shop. */
export class BulkOperations {
  readonly #operations: Operation[] = []
  readonly #now: () => number
  readonly #onDone: (operation: { id: string; status: string }) => void
  #failNext: string | null = null

  constructor(now: () => number, onDone: (operation: { id: string; status: string }) => void) {
    this.#now = now
    this.#onDone = onDone
  }

  /** The next operation ends with this code after half of its work. */
  failNext(errorCode: string): void {
    this.#failNext = errorCode
  }

  run({ query, groupObjects }: { query: string; groupObjects?: boolean }, asking: Asking): object {
    const { document, faults } = bulkQueryOf(query)
    if (faults[0] !== undefined) return userError('INVALID', faults[0])
    const running = this.#operations.filter((one) => this.#isRunning(one))
    if (running.length >= MAX_RUNNING) {
      return userError('LIMIT_REACHED', 'Bulk operations limit reached. Please try again later.')
    }
    const operation: Operation = {
      id: 5_100_000_000_001 + this.#operations.length,
      query,
      document,
      asking,
      isGrouped: groupObjects ?? false,
      status: 'CREATED',
      errorCode: null,
      createdAt: this.#now(),
      completedAt: null,
      startedMs: performance.now(),
      lines: [],
      rootCount: 0,
      gaps: [],
    }
    this.#operations.push(operation)
    return { bulkOperation: this.#view(operation), userErrors: [] }
  }

  cancel({ id }: { id: string }): object {
    const operation = this.#operations.find((one) => gid('BulkOperation', one.id) === id)
    if (operation !== undefined && this.#isRunning(operation)) operation.status = 'CANCELED'
    return {
      bulkOperation: operation === undefined ? null : this.#view(operation),
      userErrors: [],
    }
  }

  /** An operation as it stands; each look moves it on. */
  look(id: string): object | null {
    const operation = this.#operations.find((one) => gid('BulkOperation', one.id) === id)
    if (operation === undefined) return null
    this.#step(operation)
    if (operation.gaps.length > 0) throw new NotPlayed(operation.gaps.join(', '))
    return this.#view(operation)
  }

  latest(): object | null {
    const operation = this.#operations.at(-1)
    return operation === undefined ? null : this.look(gid('BulkOperation', operation.id))
  }

  #isRunning(operation: Operation): boolean {
    if (performance.now() - operation.startedMs > UNWATCHED_MS) {
      this.#step(operation)
      this.#step(operation)
    }
    return ['CREATED', 'RUNNING'].includes(operation.status)
  }

  #step(operation: Operation): void {
    if (operation.status === 'CREATED') operation.status = 'RUNNING'
    else if (operation.status === 'RUNNING') this.#finish(operation)
  }

  #finish(operation: Operation): void {
    const { document, asking } = operation
    const result = execute({ ...executionOf(asking, this), document })
    if ('then' in result) throw new Error('Nothing of the double is asynchronous')
    const [root] = Object.values(result.data ?? {})
    const nodes = isConnection(root) ? nodesOf(root) : []
    const lines = nodes.flatMap((node) => linesOf(node, undefined, 0))
    const sorted = operation.isGrouped
      ? lines
      : lines.toSorted((one, other) => one.depth - other.depth)
    operation.lines = sorted.map(({ text }) => text)
    operation.rootCount = nodes.length
    const [error] = result.errors ?? []
    // A gap in the double is said to whoever looks next, not told as a failure of Shopify's.
    operation.gaps = [...new Set(asking.notPlayed)]
    operation.errorCode = error === undefined ? this.#failNext : codeOf(error)
    this.#failNext = null
    const isWhole = operation.errorCode === null
    if (!isWhole) operation.lines.length = Math.floor(operation.lines.length / 2)
    operation.status = isWhole ? 'COMPLETED' : 'FAILED'
    operation.completedAt = this.#now()
    this.#onDone({ id: gid('BulkOperation', operation.id), status: operation.status.toLowerCase() })
  }

  #view(operation: Operation): object {
    const isDone = operation.completedAt !== null
    const size = operation.lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0)
    const url = operation.lines.length === 0 ? null : this.#url(operation)
    return {
      __typename: 'BulkOperation',
      id: gid('BulkOperation', operation.id),
      type: 'QUERY',
      query: operation.query,
      status: operation.status,
      errorCode: operation.errorCode,
      createdAt: isoOf(operation.createdAt),
      completedAt: operation.completedAt === null ? null : isoOf(operation.completedAt),
      objectCount: String(operation.lines.length),
      rootObjectCount: String(operation.rootCount),
      fileSize: isDone && url !== null ? String(size) : null,
      url: operation.status === 'COMPLETED' ? url : null,
      partialDataUrl: operation.status === 'FAILED' ? url : null,
    }
  }

  #signature(id: number, expires: number): string {
    return createHmac('sha256', 'sandbox bulk').update(`${id} ${expires}`).digest('base64url')
  }

  #url({ id, completedAt }: Operation): string {
    const expires = (completedAt ?? 0) + LINK_DAYS * 86_400
    return `${BUCKET}${FOLDER}/${id}.jsonl?Expires=${expires}&Signature=${this.#signature(id, expires)}`
  }

  /** The file behind a link, which needs no token, for seven days. */
  download({ path, query }: Asked): Answer {
    const id = Number(/\/(\d+)\.jsonl$/.exec(path)?.[1])
    const expires = Number(query.get('Expires'))
    const operation = this.#operations.find((one) => one.id === id)
    const isSigned = query.get('Signature') === this.#signature(id, expires)
    if (operation === undefined || !isSigned || expires <= this.#now()) {
      const body = `<?xml version='1.0' encoding='UTF-8'?><Error><Code>AccessDenied</Code><Message>Access denied.</Message></Error>`
      return { status: 403, headers: { 'content-type': 'application/xml' }, body }
    }
    const body = endedLines(operation.lines)
    return { status: 200, headers: { 'content-type': 'application/jsonl' }, body }
  }
}
