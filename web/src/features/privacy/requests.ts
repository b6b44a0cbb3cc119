import type { PersonErasure, PersonExport } from '../../api/types.ts'

export type PrivacyRequest =
  ({ kind: 'export' } & PersonExport) | ({ kind: 'erasure' } & PersonErasure)

/** Exports and erasures in one list, the newest first. */
export function newestFirst(
  exports: readonly PersonExport[],
  erasures: readonly PersonErasure[]
): PrivacyRequest[] {
  const all: PrivacyRequest[] = [
    ...exports.map((one) => ({ kind: 'export' as const, ...one })),
    ...erasures.map((one) => ({ kind: 'erasure' as const, ...one })),
  ]
  return all.sort((one, other) => other.created_at.localeCompare(one.created_at))
}

/** Typed once more as it was asked for, or it is not meant. */
export const isConfirmed = (typed: string, value: string): boolean =>
  typed.trim() !== '' && typed.trim() === value.trim()
