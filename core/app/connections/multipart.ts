/** One part of a multipart/form-data body. */
export interface Part {
  name: string
  /** Present where the client sent it as a file. */
  fileName: string | undefined
  /** What is left of it when the next part is asked for is skipped. */
  body: AsyncIterable<Uint8Array>
}

/** The body is not the multipart/form-data that its headers promise. */
export class MalformedMultipart extends Error {
  override readonly name = 'MalformedMultipart'
}

const MAX_HEADER_BYTES = 16 * 1024
const CRLF2 = Buffer.from('\r\n\r\n')

/** The boundary that a Content-Type names. */
export function boundaryOf(contentType: string | undefined): string {
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType ?? '')
  const boundary = match?.[1] ?? match?.[2]
  if (boundary === undefined) throw new MalformedMultipart('The Content-Type has no boundary')
  return boundary
}

/** Bytes that come in chunks, looked at without being collected. */
class Window {
  readonly #source: AsyncIterator<Uint8Array>
  // The first boundary has no line break before it, all others have; now they are alike.
  #bytes: Buffer = Buffer.from('\r\n')

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  get bytes(): Buffer {
    return this.#bytes
  }

  async more(): Promise<void> {
    const step = await this.#source.next()
    if (step.done) throw new MalformedMultipart('The body ends in the middle of a part')
    const { value } = step
    const chunk = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk])
  }

  async close(): Promise<void> {
    await this.#source.return?.()
  }

  take(count: number): Buffer {
    const taken = this.#bytes.subarray(0, count)
    this.#bytes = this.#bytes.subarray(count)
    return taken
  }

  /** The bytes before the mark, as they come; the mark itself is taken, too. */
  async *until(mark: Buffer): AsyncGenerator<Buffer> {
    for (;;) {
      const at = this.#bytes.indexOf(mark)
      if (at !== -1) {
        if (at > 0) yield this.take(at)
        this.take(mark.length)
        return
      }
      // The last bytes may be the beginning of a mark that the next chunk completes.
      const safe = this.#bytes.length - mark.length + 1
      if (safe > 0) yield this.take(safe)
      await this.more()
    }
  }
}

function parameter(header: string, name: string): string | undefined {
  const match = new RegExp(
    `;\\s*${name}="((?:[^"\\\\]|\\\\.)*)"|;\\s*${name}=([^\\s;"]+)`,
    'i'
  ).exec(header)
  const value = match?.[1] ?? match?.[2]
  // Browsers write these three percent-encoded, and everything else as it is, in UTF-8.
  return value
    ?.replace(/%0D|%0A/gi, ' ')
    .replaceAll('%22', '"')
    .replaceAll('\\"', '"')
}

async function readHeaders(window: Window): Promise<Omit<Part, 'body'>> {
  let end = window.bytes.indexOf(CRLF2)
  while (end === -1) {
    if (window.bytes.length > MAX_HEADER_BYTES) {
      throw new MalformedMultipart('The headers of a part are too long')
    }
    await window.more()
    end = window.bytes.indexOf(CRLF2)
  }
  const lines = window
    .take(end + CRLF2.length)
    .toString('utf8')
    .split('\r\n')
  const disposition = lines.find((line) => /^content-disposition\s*:/i.test(line)) ?? ''
  const name = parameter(disposition, 'name')
  if (!/:\s*form-data/i.test(disposition) || name === undefined) {
    throw new MalformedMultipart('A part has no name')
  }
  return { name, fileName: parameter(disposition, 'filename') }
}

/** `--` ends the body, a line break starts the next part. */
async function isLast(window: Window): Promise<boolean> {
  while (window.bytes.length < 2) await window.more()
  const mark = window.take(2).toString('latin1')
  if (mark !== '--' && mark !== '\r\n') throw new MalformedMultipart('A boundary is not complete')
  return mark === '--'
}

/** An iterable that goes on where it was left: `break` closes a generator for good otherwise. */
function resumable<T>(generator: AsyncGenerator<T>): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => ({ next: () => generator.next() }) }
}

async function skip(rest: AsyncGenerator): Promise<void> {
  let step = await rest.next()
  while (!step.done) step = await rest.next()
}

/**
 * The parts of a body, in order, in constant memory: nothing is read before it is asked for.
 *
 * Adonis's own reader tells the fields only at the end, but the spec in front of a file decides
 * whether the file is wanted at all.
 *
 * @throws MalformedMultipart
 */
export async function* partsOf(
  source: AsyncIterable<Uint8Array>,
  boundary: string
): AsyncGenerator<Part> {
  const window = new Window(source)
  const mark = Buffer.from(`\r\n--${boundary}`)
  try {
    await skip(window.until(mark))
    while (!(await isLast(window))) {
      const headers = await readHeaders(window)
      const body = window.until(mark)
      yield { ...headers, body: resumable(body) }
      await skip(body)
    }
  } finally {
    await window.close()
  }
}
