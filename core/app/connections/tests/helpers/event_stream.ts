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

  async function next(): Promise<{ event: string; data: unknown } | undefined> {
    const found = await message()
    if (found === undefined) return undefined
    const [event = '', data = ''] = found.split('\n')
    return {
      event: event.replace(/^event: /, ''),
      data: JSON.parse(data.replace(/^data: /, '')) as unknown,
    }
  }

  /** The next state of the run; lines of its log are passed over. */
  async function run(): Promise<Run | undefined> {
    for (;;) {
      const found = await next()
      if (found === undefined) return undefined
      if (found.event === 'run') return found.data as Run
      if (found.event !== 'log') throw new Error(`Not a run: ${found.event}`)
    }
  }

  /** All events until the stream ends. */
  async function everything(): Promise<{ event: string; data: unknown }[]> {
    const events = []
    for (let event = await next(); event !== undefined; event = await next()) events.push(event)
    return events
  }

  return {
    status: response.statusCode,
    contentType: response.headers['content-type'],
    run,
    everything,
    close: () => {
      response.destroy()
    },
  }
}
