import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits for a URL or a header. */
export function randomToken(prefix = ''): string {
  return prefix + randomBytes(32).toString('base64url')
}

/**
 * What is stored of a random token. It has too much entropy to be guessed from a plain hash, and a
 * plain hash can be looked up.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
