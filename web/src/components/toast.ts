import { useSyncExternalStore } from 'react'

interface Toast {
  id: number
  text: string
  good: boolean
}

const LIFETIME_MS = 5000

let toasts: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

function set(next: readonly Toast[]): void {
  toasts = next
  listeners.forEach((listener) => listener())
}

/** A short word about something that has just been done, or could not be. */
export function toast(text: string, good = true): void {
  lastId += 1
  const id = lastId
  set([...toasts, { id, text, good }])
  window.setTimeout(() => dismissToast(id), LIFETIME_MS)
}

export const dismissToast = (id: number): void => set(toasts.filter((one) => one.id !== id))

export const useToasts = (): readonly Toast[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => toasts
  )
