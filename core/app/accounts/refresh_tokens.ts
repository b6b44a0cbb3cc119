import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { hashToken, randomToken } from '#shared/secret_tokens'

const LIFETIME = '30 days'

export interface IssuedRefreshToken {
  token: string
  /** All tokens that descend from one sign-in. */
  family: string
}

/**
 * What came of presenting a refresh token:
 * - `rotated`: it was the living one; it is dead now and the next one is here
 * - `unknown`: never issued, expired, or of a family that was ended
 * - `concurrent`: another request was just rotating the same token and won
 * - `reused`: it was used before; somebody holds a copy, so the family is dead now
 */
export type Rotation =
  | { outcome: 'rotated'; userId: number; next: IssuedRefreshToken }
  | { outcome: 'reused'; userId: number; family: string }
  | { outcome: 'unknown' | 'concurrent' }

interface Row {
  hash: string
  family: string
  user_id: number
  used: boolean
  ended: boolean
  used_meanwhile: boolean | null
}

export async function issueRefreshToken(
  userId: number,
  family: string = randomUUID(),
  client: QueryClientContract = db.connection()
): Promise<IssuedRefreshToken> {
  const token = randomToken()
  await client.rawQuery(
    `insert into refresh_tokens (hash, family, user_id, expires_at)
     values (?, ?, ?, now() + interval '${LIFETIME}')`,
    [hashToken(token), family, userId]
  )
  return { token, family }
}

/**
 * Exchanges a token for the next of its family.
 *
 * TRICKY: two tabs may refresh at the same moment. The row lock lets one win; the other then finds
 * the token used *after* its own transaction began, so it was no replay and the family lives. There
 * is no grace beyond that: a token presented after its rotation was committed is a reuse.
 */
export async function rotateRefreshToken(token: string): Promise<Rotation> {
  return db.transaction(async (trx) => {
    const row = await lockToken(trx, token)
    if (row === undefined || row.ended) return { outcome: 'unknown' }
    if (row.used_meanwhile) return { outcome: 'concurrent' }
    if (row.used) {
      await endFamily(row.family, trx)
      return { outcome: 'reused', userId: row.user_id, family: row.family }
    }
    await trx.rawQuery('update refresh_tokens set used_at = clock_timestamp() where hash = ?', [
      row.hash,
    ])
    const next = await issueRefreshToken(row.user_id, row.family, trx)
    return { outcome: 'rotated', userId: row.user_id, next }
  })
}

async function lockToken(trx: TransactionClientContract, token: string): Promise<Row | undefined> {
  const { rows } = await trx.rawQuery<{ rows: Row[] }>(
    `select hash, family, user_id, used_at is not null as used,
            revoked_at is not null or expires_at < now() as ended,
            used_at > now() as used_meanwhile
       from refresh_tokens where hash = ? for update`,
    [hashToken(token)]
  )
  return rows[0]
}

/** Ends the sign-in that the token belongs to; unknown tokens are nobody's business. */
export async function revokeRefreshToken(token: string): Promise<{ userId: number } | null> {
  const row = await db
    .query<Pick<Row, 'family' | 'user_id'>>()
    .from('refresh_tokens')
    .where('hash', hashToken(token))
    .first()
  if (row === null) return null
  await endFamily(row.family)
  return { userId: row.user_id }
}

async function endFamily(
  family: string,
  client: QueryClientContract = db.connection()
): Promise<void> {
  await client
    .from('refresh_tokens')
    .where('family', family)
    .whereNull('revoked_at')
    .update({ revoked_at: new Date() })
}

/** Signs a user out everywhere, except in the session that asks for it. */
export async function endOtherSessions(
  userId: number,
  keep: string | undefined,
  client: QueryClientContract = db.connection()
): Promise<void> {
  await client
    .from('refresh_tokens')
    .where('user_id', userId)
    .whereNull('revoked_at')
    .if(keep, (query) => query.whereNot('family', String(keep)))
    .update({ revoked_at: new Date() })
}
