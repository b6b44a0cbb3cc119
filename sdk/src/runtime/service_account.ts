import { importPKCS8, SignJWT } from 'jose'
import { z } from 'zod'
import type { Auth } from '../auth.ts'
import { SourceError } from '../errors.ts'
import { tokensOf, type Tokens } from './oauth.ts'
import { callTokens, type TokenWorld } from './token_call.ts'

const GOOGLE = 'https://oauth2.googleapis.com/token'

const KeyFile = z.object({
  client_email: z.string().min(3),
  private_key: z.string().startsWith('-----BEGIN'),
  private_key_id: z.string().optional(),
})

type ServiceAccount = Extract<Auth, { kind: 'service_account' }>

function keyFile(text: string, field: string): z.output<typeof KeyFile> {
  try {
    return KeyFile.parse(JSON.parse(text))
  } catch {
    // TRICKY: no cause: the error of a parser quotes what it could not read, here a private key.
    throw new SourceError('config_invalid', 'This is no key file of a service account.', { field })
  }
}

async function assertionOf(auth: ServiceAccount, key: string, field: string, now: Date) {
  const file = keyFile(key, field)
  const issuedAt = Math.floor(now.getTime() / 1000)
  try {
    return await new SignJWT({ scope: auth.scopes.join(' ') })
      .setProtectedHeader({
        alg: 'RS256',
        typ: 'JWT',
        ...(file.private_key_id && { kid: file.private_key_id }),
      })
      .setIssuer(file.client_email)
      .setAudience(auth.tokenUrl ?? GOOGLE)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + 3600)
      .sign(await importPKCS8(file.private_key, 'RS256'))
  } catch {
    throw new SourceError('config_invalid', 'The private key of the key file is damaged.', {
      field,
    })
  }
}

/**
 * A token for the key file of a service account (RFC 7523).
 *
 * @param key the key file as JSON text
 * @throws SourceError `config_invalid` if the file is none, `auth_expired` if the vendor does not know its
 *   key, else as {@link callTokens}
 */
export async function serviceAccountTokens(
  auth: ServiceAccount,
  key: string,
  world: TokenWorld
): Promise<Tokens> {
  const field = auth.field ?? 'service_account_key'
  const assertion = await assertionOf(auth, key, field, world.clock.now())
  const parameters = {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion,
  }
  const url = auth.tokenUrl ?? GOOGLE
  try {
    return tokensOf(await callTokens({ url, parameters, body: 'form' }, world), world)
  } catch (error) {
    if (!(error instanceof SourceError) || error.code !== 'auth_expired') throw error
    const message = `${world.title} does not accept the key of the service account: it was deleted, or is that of another one. Enter a new key.`
    throw new SourceError('auth_expired', message, error.detail)
  }
}
