import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import type { z } from 'zod'
import { baseUrl } from '#tests/api'
import type { RunView } from '../../views/run_view.ts'

type Run = z.output<typeof RunView>

/**
 * An event stream as a client reads it. TRICKY: not with fetch, which after a stream that it gave up
 * opens a connection for later, and the server would wait for that at its end.
 */
export async function openStream(path: string, token: string) {
  const sent = get(`${baseUrl()}/api/v1${path}`, {
    agent: false,
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
  })
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  response.setEncoding('utf8')
  const chunks = response[Symbol.asyncIterator]() as AsyncIterator<string, undefined>
  let text = ''

  /** The next message without its blank line; nothing once the stream has ended. */
  async function message(): Promise<string | undefined> {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const found = text.slice(0, end)
        text = text.slice(end + 2)
        return found
      }
      const chunk = await chunks.next()
      if (chunk.done) return undefined
      text += chunk.value
    }
  }

  /** The next state of the run. */
  async function run(): Promise<Run | undefined> {
    const found = await message()
    if (found === undefined) return undefined
    const [event, data] = found.split('\n')
    if (event !== 'event: run') throw new Error(`Not a run: ${found}`)
    return JSON.parse(data?.replace(/^data: /, '') ?? '') as Run
  }

  return {
    status: response.statusCode,
    contentType: response.headers['content-type'],
    run,
    close: () => {
      response.destroy()
    },
  }
}
