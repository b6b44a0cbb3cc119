/** What one event of a stream says: its name, and its data put together from its lines. */
interface StreamEvent {
  name: string
  data: string
}

/** Events of a text/event-stream, as they come over the wire in pieces of any length. */
export class EventReader {
  #rest = ''

  /** The events that this piece completes. */
  push(piece: string): StreamEvent[] {
    this.#rest += piece
    const blocks = this.#rest.split(/\r?\n\r?\n/)
    this.#rest = blocks.pop() ?? ''
    return blocks.flatMap((block) => {
      const lines = block.split(/\r?\n/)
      const field = (name: string) =>
        lines
          .filter((line) => line.startsWith(`${name}:`))
          .map((line) => line.slice(name.length + 1).replace(/^ /, ''))
      const data = field('data').join('\n')
      return data === '' ? [] : [{ name: field('event')[0] ?? 'message', data }]
    })
  }
}
