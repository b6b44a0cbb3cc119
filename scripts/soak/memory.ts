import { readFileSync } from 'node:fs'

/** Largest memory that a process ever had, in bytes. */
export function peakOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024
}

export const mb = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MB`
