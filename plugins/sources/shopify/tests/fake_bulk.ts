type Line = Record<string, unknown>

interface Operation {
  id: string
  query: string
  createdAt: string
  /** How often it is looked at before it has ended. */
  looks: number
  status: string
  errorCode: string | null
  lines: Line[]
  roots: number
}

/** How the next operation ends; absent: with a file. */
export interface Ending {
  status: 'FAILED' | 'CANCELED' | 'EXPIRED'
  errorCode?: string
}

/** The objects of an answer, one a line: those of a list inside another carry the id of its owner. */
export function linesOf(data: Record<string, unknown>): { lines: Line[]; roots: number } {
  const lines: Line[] = []
  const flat = (node: Line, parent?: string) => {
    const own: Line = {}
    const children: Line[] = []
    for (const [name, value] of Object.entries(node)) {
      if (isConnection(value)) children.push(...value.edges.map((edge) => edge.node))
      else own[name] = value
    }
    lines.push(parent === undefined ? own : { ...own, __parentId: parent })
    for (const child of children) flat(child, String(node.id))
  }
  const roots = Object.values(data).flatMap((value) =>
    isConnection(value) ? value.edges.map((edge) => edge.node) : []
  )
  for (const root of roots) flat(root)
  return { lines, roots: roots.length }
}

function isConnection(value: unknown): value is { edges: { node: Line }[] } {
  return typeof value === 'object' && value !== null && 'edges' in value
}

const HOST = 'https://storage.googleapis.com'

/** Bulk operations: they take a few looks, and their files are in no order that helps. */
export class FakeBulk {
  looks = 0
  limitReached = 0
  /** Endings of the next operations, first come first served. */
  readonly endings: Ending[] = []
  readonly operations: Operation[] = []
  downloads = 0

  start(query: string, run: () => Record<string, unknown>) {
    if (this.limitReached > 0) {
      this.limitReached -= 1
      return { bulkOperation: null, userErrors: [{ code: 'LIMIT_REACHED', message: 'Busy' }] }
    }
    const ending = this.endings.shift()
    const { lines, roots } = linesOf(run())
    const operation: Operation = {
      id: `gid://shopify/BulkOperation/${this.operations.length + 1}`,
      query,
      createdAt: '2026-11-20T10:00:00Z',
      looks: this.looks,
      status: ending?.status ?? 'COMPLETED',
      errorCode: ending?.errorCode ?? null,
      // Children before their parents, and both far apart.
      lines: lines.toReversed(),
      roots,
    }
    this.operations.push(operation)
    return { bulkOperation: this.look(operation.id), userErrors: [] }
  }

  look(id: string) {
    const operation = this.operations.find((each) => each.id === id)
    if (operation === undefined) return null
    const isRunning = operation.looks > 0
    operation.looks -= 1
    const hasFile = !isRunning && operation.status === 'COMPLETED' && operation.roots > 0
    return {
      __typename: 'BulkOperation',
      id,
      status: isRunning ? 'RUNNING' : operation.status,
      errorCode: isRunning ? null : operation.errorCode,
      createdAt: operation.createdAt,
      objectCount: String(operation.lines.length),
      rootObjectCount: String(operation.roots),
      fileSize: hasFile ? String(this.textOf(id).length) : null,
      url: hasFile ? this.urlOf(id) : null,
    }
  }

  /** Lets all operations end, and the coming ones at once. */
  settle(): void {
    this.looks = 0
    for (const operation of this.operations) operation.looks = 0
  }

  /** The operation that found the most. */
  largest(): Operation {
    const [first] = this.operations.toSorted((a, b) => b.roots - a.roots)
    if (first === undefined) throw new Error('There was no operation')
    return first
  }

  urlOf(id: string): string {
    return `${HOST}/bulk/${encodeURIComponent(id)}?signature=secret`
  }

  /** The file of an operation. */
  textOf(id: string): string {
    const operation = this.operations.find((each) => each.id === id)
    return (operation?.lines ?? []).map((line) => `${JSON.stringify(line)}\n`).join('')
  }

  /** The file behind a URL, if it is one. */
  download(url: string): string | undefined {
    if (!url.startsWith(HOST)) return undefined
    this.downloads += 1
    return this.textOf(decodeURIComponent(new URL(url).pathname.replace('/bulk/', '')))
  }
}
