/** Ids are opaque strings outside and positive 32-bit integers inside; `null` for anything else. */
export function parseId(id: string): number | null {
  if (!/^[1-9]\d{0,9}$/.test(id)) return null
  const value = Number(id)
  return value <= 2_147_483_647 ? value : null
}
