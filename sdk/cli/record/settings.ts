import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from '../../src/index.ts'
import type { Tokens } from '../../src/runtime/index.ts'

const Kept = z.object({
  accessToken: z.string().min(1),
  refreshToken: z.string().exactOptional(),
  expiresAt: z.iso.datetime().exactOptional(),
  extra: z.record(z.string(), z.string()).exactOptional(),
})

const Settings = z.strictObject({
  /** The settings as a user types them, secrets included. */
  config: z.record(z.string(), z.unknown()),
  /** Which of several ways to authenticate. */
  auth: z.int().nonnegative().default(0),
  /** For consent: the application at the vendor, and what a consent gave. */
  application: z.object({ clientId: z.string(), clientSecret: z.string() }).optional(),
  tokens: Kept.optional(),
  timezone: z.string().default('Europe/Berlin'),
  currency: z.string().default('EUR'),
})

/** What a recording needs to know of a real connection. */
export type Settings = z.output<typeof Settings>

/** The file with real credentials. It belongs into no repository. */
export class SettingsFile {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  /** @throws Error that says what is wrong with the file, never what stands in it */
  read(): Settings {
    let json: unknown
    try {
      json = JSON.parse(readFileSync(this.#path, 'utf8'))
    } catch {
      throw new Error(`${this.#path} cannot be read, or is no JSON`)
    }
    const result = Settings.safeParse(json)
    if (result.success) return result.data
    const [issue] = result.error.issues
    const place = issue?.path.map(String).join('.') || issue?.code
    throw new Error(`${this.#path}: “${place ?? ''}” is missing or not what it should be`)
  }

  /** Keeps new tokens before they are used: the vendor may have ended the old ones. */
  keepTokens(tokens: Tokens): void {
    const json = JSON.parse(readFileSync(this.#path, 'utf8')) as object
    const next = `${this.#path}.next`
    writeFileSync(next, `${JSON.stringify({ ...json, tokens }, null, 2)}\n`, { mode: 0o600 })
    renameSync(next, this.#path)
  }
}
