import { createHash } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import type { Reply } from './endpoint.ts'
import { Problem } from './problem.ts'
import type { Account } from './types.ts'

interface Request {
  key: string
  account: Account
  method: string
  ctx: HttpContext
  body: unknown
}

interface Stored {
  id: string
  fingerprint: string
  status: number | null
  body: unknown
}

/** How long an answer is replayed. */
const LIFETIME = '24 hours'
/** A request that has claimed its key for longer died with its process. */
const CLAIM_LIFETIME = '5 minutes'

/** The key the client sent; `undefined` when it sent none. */
export function idempotencyKey(ctx: HttpContext): string | undefined {
  const key = ctx.request.header('idempotency-key')
  if (key === undefined) return undefined
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new Problem('bad_request', {
      detail: 'Idempotency-Key must be 1 to 200 printable characters without spaces',
    })
  }
  return key
}

function digest(value: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}

/**
 * Runs a mutation at most once per caller, key and path within a day; the same request again gets
 * the stored answer. Only successes are stored: a refused request may be repaired and sent again.
 *
 * The row is claimed first, in its own transaction, so that of two simultaneous requests the second
 * answers 409 instead of waiting.
 */
export async function replayOrRun(
  request: Request,
  run: () => Promise<Reply | undefined>
): Promise<Reply | undefined> {
  const { ctx, account, key, method, body } = request
  const path = ctx.request.url()
  const owner = account.apiKey === undefined ? `user:${account.id}` : `key:${account.apiKey.id}`
  const fingerprint = digest([ctx.request.qs(), body ?? null])
  const claim = await claimKey([owner, key, `${method} ${path}`, fingerprint])
  if ('stored' in claim) return replay(claim.stored, fingerprint)

  try {
    const reply = await run()
    if (reply === undefined) await forget(claim.id)
    else await remember(claim.id, reply)
    return reply
  } catch (error) {
    await forget(claim.id)
    throw error
  }
}

async function claimKey(row: string[]): Promise<{ id: string } | { stored: Stored }> {
  await db.rawQuery(
    `delete from idempotency_keys where owner = ? and key = ? and route = ?
       and (created_at < now() - interval '${LIFETIME}'
         or (status is null and created_at < now() - interval '${CLAIM_LIFETIME}'))`,
    row.slice(0, 3)
  )
  const inserted = await db.rawQuery<{ rows: { id: string }[] }>(
    `insert into idempotency_keys (owner, key, route, fingerprint) values (?, ?, ?, ?)
     on conflict (owner, key, route) do nothing returning id`,
    row
  )
  const own = inserted.rows[0]
  if (own !== undefined) return own
  const stored = await db
    .query<Stored>()
    .from('idempotency_keys')
    .where({ owner: row[0], key: row[1], route: row[2] })
    .first()
  if (stored === null) throw inProgress()
  return { stored }
}

function replay(stored: Stored, fingerprint: string): Reply {
  if (stored.fingerprint !== fingerprint) {
    throw new Problem('idempotency_conflict', {
      detail: 'This Idempotency-Key belongs to a request with other content',
    })
  }
  if (stored.status === null) throw inProgress()
  const body = stored.body ?? undefined
  return { status: stored.status, body, headers: { 'Idempotency-Replayed': 'true' } }
}

function inProgress(): Problem {
  return new Problem('idempotency_conflict', {
    detail: 'The first request with this Idempotency-Key is still running',
    retryAfter: 1,
  })
}

async function remember(id: string, reply: Reply): Promise<void> {
  const body = reply.body === undefined ? null : JSON.stringify(reply.body)
  await db.from('idempotency_keys').where({ id }).update({ status: reply.status, body })
}

async function forget(id: string): Promise<void> {
  await db.from('idempotency_keys').where({ id }).delete()
}
