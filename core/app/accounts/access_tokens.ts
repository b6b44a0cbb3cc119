import { createHash, hkdfSync } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { appKey, previousAppKey } from '#start/env'
import { Problem } from '#shared/http/problem'

/** Seconds. */
export const ACCESS_TOKEN_LIFETIME = 15 * 60

const ISSUER = 'analyticaflow'
const AUDIENCE = 'analyticaflow-api'

interface SigningKey {
  kid: string
  secret: Uint8Array
}

/** A key for this purpose alone; its id tells nothing about it. */
function deriveKey(root: string): SigningKey {
  const secret = new Uint8Array(hkdfSync('sha256', root, '', 'access-token', 32))
  const kid = createHash('sha256').update(secret).digest('base64url').slice(0, 12)
  return { kid, secret }
}

const claimsSchema = z.object({
  sub: z
    .string()
    .regex(/^[1-9]\d*$/)
    .transform(Number),
  sid: z.uuid(),
})

export interface AccessClaims {
  userId: number
  /** The family of refresh tokens that this token belongs to: one sign-in. */
  session: string
}

export interface AccessTokens {
  sign: (claims: AccessClaims, now?: Date) => Promise<string>
  /** What the token says, or `token_expired` or `token_invalid`. */
  verify: (token: string) => Promise<AccessClaims>
}

/**
 * Tokens signed with the current key. The key before the last rotation signs nothing any more, but
 * what it signed lives out its minutes.
 */
export function accessTokens(currentKey: string, previousKey?: string): AccessTokens {
  const signing = deriveKey(currentKey)
  const known = [signing, ...(previousKey === undefined ? [] : [deriveKey(previousKey)])]

  function keyFor({ kid }: { kid?: string | undefined }): Uint8Array {
    const key = known.find((candidate) => candidate.kid === kid)
    if (key === undefined) throw new errors.JWSInvalid('unknown key id')
    return key.secret
  }

  return {
    sign: (claims, now = new Date()) => {
      const issuedAt = Math.floor(now.getTime() / 1000)
      return new SignJWT({ sid: claims.session })
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: signing.kid })
        .setSubject(String(claims.userId))
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + ACCESS_TOKEN_LIFETIME)
        .sign(signing.secret)
    },
    verify: async (token) => {
      try {
        const { payload } = await jwtVerify(token, keyFor, {
          algorithms: ['HS256'],
          typ: 'at+jwt',
          issuer: ISSUER,
          audience: AUDIENCE,
          requiredClaims: ['sub', 'sid', 'iat', 'exp'],
        })
        const claims = claimsSchema.parse(payload)
        return { userId: claims.sub, session: claims.sid }
      } catch (error) {
        const code = error instanceof errors.JWTExpired ? 'token_expired' : 'token_invalid'
        throw new Problem(code, { cause: error })
      }
    },
  }
}

/** With the keys of this installation. */
export const { sign: signAccessToken, verify: verifyAccessToken } = accessTokens(
  appKey,
  previousAppKey
)
