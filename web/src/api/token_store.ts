/** Where the refresh token outlives a page. */
export interface TokenStore {
  read: () => Promise<string | null>
  write: (token: string | null) => Promise<void>
}

const DATABASE = 'analyticaflow'
const STORE = 'session'
const KEY = 'refresh_token'

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'))
  })
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(STORE)
  return settled(request)
}

/**
 * TRICKY: IndexedDB and not localStorage. Each process of a browser keeps a copy of localStorage
 * that lags behind the others, so a tab could read a refresh token that another has just used.
 * Transactions of IndexedDB are ordered across all tabs.
 */
export function indexedDbStore(): TokenStore {
  let opened: Promise<IDBDatabase> | undefined
  const database = () => (opened ??= open())
  const transact = async <T>(
    mode: IDBTransactionMode,
    act: (store: IDBObjectStore) => IDBRequest<T>
  ): Promise<T> => settled(act((await database()).transaction(STORE, mode).objectStore(STORE)))
  return {
    read: async () => {
      const token: unknown = await transact('readonly', (store) => store.get(KEY))
      return typeof token === 'string' ? token : null
    },
    write: async (token) => {
      if (token === null) await transact('readwrite', (store) => store.delete(KEY))
      else await transact('readwrite', (store) => store.put(token, KEY))
    },
  }
}
