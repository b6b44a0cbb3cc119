const EXPECTED = 'It must look like https://analytics.example.com'

/** @throws RangeError where the text is no address that paths can be appended to */
export function parsePublicUrl(text: string): string {
  if (!URL.canParse(text)) throw new RangeError(EXPECTED)
  const { protocol, origin, pathname, search, hash, username } = new URL(text)
  if (!['http:', 'https:'].includes(protocol) || search || hash || username) {
    throw new RangeError(EXPECTED)
  }
  return `${origin}${pathname.replace(/\/$/, '')}`
}

/** An address below the one under which browsers and vendors reach this installation. */
export function publicUrl(path = ''): string {
  const { AF_PUBLIC_URL: given, HOST = '127.0.0.1', PORT = '3333' } = process.env
  const host = ['0.0.0.0', '::'].includes(HOST) ? 'localhost' : HOST
  return `${parsePublicUrl(given || `http://${host}:${PORT}`)}${path}`
}
