import { useSyncExternalStore } from 'react'

/** `offline`: the browser has no network; `unavailable`: the server answers 502–504 or nothing. */
export type Connectivity = 'online' | 'offline' | 'unavailable'

let serverReachable = true
const listeners = new Set<() => void>()
const notify = (): void => listeners.forEach((listener) => listener())

/** Called by the client after each answer, so that one banner speaks for all requests. */
export function reportServer(reachable: boolean): void {
  if (reachable === serverReachable) return
  serverReachable = reachable
  notify()
}

function current(): Connectivity {
  if (!navigator.onLine) return 'offline'
  return serverReachable ? 'online' : 'unavailable'
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

export const useConnectivity = (): Connectivity => useSyncExternalStore(subscribe, current)
