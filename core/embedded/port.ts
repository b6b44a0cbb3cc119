import { createServer } from 'node:net'

/**
 * Fails as the web server would, but before the databases are started. What takes the port later
 * is still reported by the web server itself.
 */
export async function assertPortFree(host: string, port: number): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject)
    probe.listen({ host, port, exclusive: true }, () => {
      probe.close(() => {
        resolve()
      })
    })
  })
}
