const HIDDEN = '[redacted]'
/** Shorter values would hide half of every text, and are no secrets. */
const SHORTEST = 6

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}

/** Hides the values of these secrets wherever they appear, also as they stand in URLs and JSON. */
export function redactor(secrets: Record<string, unknown>): <T>(value: T) => T {
  const values = textsIn(secrets).filter((text) => text.length >= SHORTEST)
  const forms = values.flatMap((text) => [
    text,
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
    Buffer.from(text).toString('base64'),
  ])
  // The longest first: a secret may contain another one.
  const hidden = [...new Set(forms)].toSorted((a, b) => b.length - a.length)

  const hide = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return hidden.reduce((text, secret) => text.replaceAll(secret, HIDDEN), value)
    }
    if (Array.isArray(value)) return value.map(hide)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hide(item)]))
  }
  return hide as <T>(value: T) => T
}
