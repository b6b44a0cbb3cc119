import type { Writable } from 'node:stream'

/**
 * Writes, and waits while the receiver is behind. False when it is gone.
 * TRICKY: a receiver that leaves never drains, it only closes.
 */
export async function writeTo(target: Writable, chunk: Buffer): Promise<boolean> {
  if (target.destroyed) return false
  if (target.write(chunk)) return true
  await new Promise<void>((resolve) => {
    const done = () => {
      target.off('drain', done)
      target.off('close', done)
      resolve()
    }
    target.on('drain', done)
    target.on('close', done)
  })
  return !target.destroyed
}
