import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { appKey, previousAppKey } from '#start/env'

/** Whose credentials these are: bound into the ciphertext, so that it opens nowhere else. */
export interface CredentialOwner {
  projectId: number
  integrationId: string
}

export type Credentials = Record<string, unknown>

const VERSION = 'v1'
const NONCE_BYTES = 12

interface MasterKey {
  /** Says which key a ciphertext needs; tells nothing about the key itself. */
  id: string
  key: Buffer
}

function masterKey(secret: string): MasterKey {
  const derive = (purpose: string, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, '', `analyticaflow/credentials/${purpose}`, length))
  const key = derive('key', 32)
  return { id: createHash('sha256').update(derive('id', 32)).digest('hex').slice(0, 12), key }
}

const associatedData = (keyId: string, { projectId, integrationId }: CredentialOwner): Buffer =>
  Buffer.from(JSON.stringify([VERSION, keyId, String(projectId), integrationId]))

/** The ciphertext cannot be opened: another owner, a lost key, or a changed byte. */
export class CredentialsUnreadable extends Error {
  override readonly name = 'CredentialsUnreadable'
}

/**
 * Encrypts credentials with AES-256-GCM; see docs/decisions/0050. A ciphertext reads
 * `v1.<key id>.<nonce>.<tag>.<data>`.
 */
export class CredentialVault {
  readonly #current: MasterKey
  readonly #keys: Map<string, MasterKey>

  /** The first secret encrypts; the others, of earlier rotations, still decrypt. */
  constructor(secrets: readonly [string, ...string[]]) {
    const [current] = secrets
    this.#current = masterKey(current)
    this.#keys = new Map(secrets.map(masterKey).map((key) => [key.id, key]))
  }

  encrypt(credentials: Credentials, owner: CredentialOwner): string {
    const { id, key } = this.#current
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    cipher.setAAD(associatedData(id, owner))
    const data = Buffer.concat([cipher.update(JSON.stringify(credentials), 'utf8'), cipher.final()])
    const parts = [nonce, cipher.getAuthTag(), data].map((part) => part.toString('base64url'))
    return [VERSION, id, ...parts].join('.')
  }

  /** @throws CredentialsUnreadable */
  decrypt(ciphertext: string, owner: CredentialOwner): Credentials {
    const [version, keyId = '', ...parts] = ciphertext.split('.')
    const [nonce, tag, data] = parts.map((part) => Buffer.from(part, 'base64url'))
    const found = this.#keys.get(keyId)
    if (version !== VERSION || !found || !nonce || !tag || !data) {
      throw new CredentialsUnreadable('The credentials were encrypted with a key that is not here')
    }
    // TRICKY: without a fixed length, GCM accepts tags cut to four bytes, which can be guessed.
    const options = { authTagLength: 16 }
    try {
      const decipher = createDecipheriv('aes-256-gcm', found.key, nonce, options)
      decipher.setAAD(associatedData(keyId, owner)).setAuthTag(tag)
      const text = Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8')
      return JSON.parse(text) as Credentials
    } catch (cause) {
      throw new CredentialsUnreadable('The credentials do not belong to this integration', {
        cause,
      })
    }
  }

  /** Whether a ciphertext still needs a key of an earlier rotation. */
  isOutdated(ciphertext: string): boolean {
    return ciphertext.split('.')[1] !== this.#current.id
  }
}

let vault: CredentialVault | undefined

/** The vault under this installation's APP_KEY. */
export function credentialVault(): CredentialVault {
  vault ??= new CredentialVault(previousAppKey ? [appKey, previousAppKey] : [appKey])
  return vault
}
