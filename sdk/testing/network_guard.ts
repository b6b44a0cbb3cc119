import { Socket } from 'node:net'

/** Blocks the network of the process, but for whoever asks through the kit, and counts who tries. */
export class NetworkGuard {
  readonly attempts: string[] = []
  #restore: (() => void) | undefined

  /** Until {@link open}, nobody gets out. */
  close(): void {
    const { fetch } = globalThis
    const connect = Object.getOwnPropertyDescriptor(Socket.prototype, 'connect') ?? {}
    const { attempts } = this
    globalThis.fetch = () => {
      attempts.push('fetch')
      return Promise.reject(new Error('The network is blocked: use ctx.http'))
    }
    Socket.prototype.connect = function blocked(this: Socket) {
      attempts.push('a socket')
      this.destroy(new Error('The network is blocked: use ctx.http'))
      return this
    }
    this.#restore = () => {
      globalThis.fetch = fetch
      Object.defineProperty(Socket.prototype, 'connect', connect)
    }
  }

  open(): void {
    this.#restore?.()
    this.#restore = undefined
  }
}

/** Runs a contract behind a closed door. */
export async function guarded<T>(work: (guard: NetworkGuard) => Promise<T>): Promise<T> {
  const guard = new NetworkGuard()
  guard.close()
  try {
    return await work(guard)
  } finally {
    guard.open()
  }
}
