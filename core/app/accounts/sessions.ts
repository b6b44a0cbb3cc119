import type { z } from 'zod'
import { ACCESS_TOKEN_LIFETIME, signAccessToken } from './access_tokens.ts'
import { issueRefreshToken, type IssuedRefreshToken } from './refresh_tokens.ts'
import type { TokenPairView } from './schemas.ts'

/** The pair a client holds; starts a new family of refresh tokens unless it continues one. */
export async function tokenPair(
  userId: number,
  refresh?: IssuedRefreshToken
): Promise<z.input<typeof TokenPairView>> {
  const { token, family } = refresh ?? (await issueRefreshToken(userId))
  return {
    access_token: await signAccessToken({ userId, session: family }),
    refresh_token: token,
    token_type: 'Bearer',
    expires_in: ACCESS_TOKEN_LIFETIME,
  }
}
