import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { dataDir } from '#shared/paths'

export interface Stored {
  key: string
  size: number
}

/** The stream was longer than allowed; nothing of it is kept. */
export class UploadTooLarge extends Error {
  override readonly name = 'UploadTooLarge'
  readonly limit: number

  constructor(limit: number) {
    super(`The upload is larger than ${limit} bytes`)
    this.limit = limit
  }
}

const KEY = /^[1-9]\d*\/[\w-]{20,}$/
const INCOMING = '.incoming'
/** Nothing has been written to it for so long: the process that received it is gone. */
const ABANDONED_MS = 60 * 60 * 1000

const root = () => join(dataDir(), 'uploads')

function pathOf(key: string): string {
  if (!KEY.test(key)) throw new Error('Not a key of the upload store')
  return join(root(), key)
}

async function* limited(
  stream: AsyncIterable<Uint8Array>,
  limit: number,
  count: (bytes: number) => void
): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > limit) throw new UploadTooLarge(limit)
    count(size)
    yield chunk
  }
}

/** A rename is durable only once the folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Uploads that a killed process left half received. */
async function dropAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0
    )
    if (age > ABANDONED_MS) await rm(path, { force: true })
  }
}

/**
 * Uploaded files below AF_DATA_DIR/uploads. A file is received under another name, synced, and
 * appears by a rename: a key that exists names a whole file. See docs/decisions/0051.
 */
export const uploads = {
  /** @throws UploadTooLarge beyond `limit` bytes */
  async write(
    projectId: number,
    stream: AsyncIterable<Uint8Array>,
    limit = Number.POSITIVE_INFINITY
  ): Promise<Stored> {
    const name = randomBytes(18).toString('base64url')
    const key = `${projectId}/${name}`
    const incoming = join(root(), INCOMING)
    await mkdir(incoming, { recursive: true, mode: 0o700 })
    await dropAbandoned(incoming)

    const draft = join(incoming, name)
    let size = 0
    try {
      const handle = await open(draft, 'wx', 0o600)
      try {
        await handle.writeFile(limited(stream, limit, (bytes) => (size = bytes)))
        await handle.sync()
      } finally {
        await handle.close()
      }
      await mkdir(dirname(pathOf(key)), { recursive: true, mode: 0o700 })
      await rename(draft, pathOf(key))
      await syncFolder(dirname(pathOf(key)))
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
    return { key, size }
  },

  /** The bytes from `from` on; leaving the loop closes the file. */
  open(key: string, { from = 0 }: { from?: number } = {}): AsyncIterable<Uint8Array> {
    return createReadStream(pathOf(key), { start: from, highWaterMark: 256 * 1024 })
  },

  async remove(key: string): Promise<void> {
    await rm(pathOf(key), { force: true })
  },

  /** Everything that a project has uploaded. */
  async removeProject(projectId: number): Promise<void> {
    await rm(join(root(), String(projectId)), { recursive: true, force: true })
  },
}
