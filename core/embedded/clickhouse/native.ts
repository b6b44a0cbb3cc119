import { createRequire } from 'node:module'

/** What the addon answers to one query. `rowsRead` is the number of rows returned or inserted. */
export interface NativeResult {
  bytes: Buffer
  elapsed: number
  rowsRead: number
  bytesRead: number
}

/** One connection to the engine: its settings, parameters and current database are its own. */
export interface Connection {
  query(sql: string, format?: string): Promise<NativeResult>
  /** Only after every query of this connection has settled. */
  close(): void
}

interface Addon {
  CreateConnection(dataDir: string): unknown
  CloseConnection(handle: unknown): void
  QueryAsyncConnection(handle: unknown, sql: string, format: string): Promise<NativeResult>
}

/**
 * TRICKY: chDB's own `Session` postpones `close()` until nothing at all runs in the process, so one
 * long query makes every session opened beside it stay, at 300 kB each. Its addon closes a
 * connection at once, which is safe as long as that connection is idle; so the addon is used
 * directly. It is found through chDB's loader, which knows the package of each platform.
 */
function loadAddon(): Addon {
  const chdb = createRequire(import.meta.url).resolve('chdb')
  const loader = createRequire(chdb)('./dist/loader.js') as { loadNative(): Addon }
  return loader.loadNative()
}

/** Opens connections to the engine on one data directory. One directory per process. */
export function openEngine(dataDir: string): () => Connection {
  const addon = loadAddon()
  return () => {
    const handle = addon.CreateConnection(dataDir)
    return {
      query: (sql, format = 'TabSeparated') => addon.QueryAsyncConnection(handle, sql, format),
      close: () => {
        addon.CloseConnection(handle)
      },
    }
  }
}
