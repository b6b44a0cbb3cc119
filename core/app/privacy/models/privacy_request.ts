import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'

export const privacyStatuses = ['queued', 'running', 'done', 'failed'] as const
export type PrivacyStatus = (typeof privacyStatuses)[number]

/**
 * How far an erasure has come. Each step can be repeated, and the next one is taken only after it is
 * noted, so that a worker which dies is followed by another one.
 *
 *   requested ──► collected ──► published ──► rewritten ──► done
 *      what is theirs   reports know     no table      nothing is
 *      and suppressed   them no more     does          left to drop
 */
export type PrivacyStep = 'requested' | 'collected' | 'published' | 'rewritten' | 'done'

/** An export or an erasure of one person's data. */
export default class PrivacyRequest extends BaseModel {
  static override table = 'privacy_requests'

  @column({ isPrimary: true })
  declare id: string

  @column()
  declare projectId: number

  @column()
  declare requestedBy: number | null

  @column()
  declare type: 'export' | 'erasure'

  @column()
  declare status: PrivacyStatus

  @column()
  declare step: PrivacyStep

  @column()
  declare aliasType: string

  /** Number of the identifier; gone once it is not needed any more. */
  @column({ serializeAs: null })
  declare aliasKey: string | null

  @column({ serializeAs: null })
  declare aliasHash: string | null

  @column({ serializeAs: null })
  declare token: string | null

  @column()
  declare commitId: string | null

  @column({ serializeAs: null })
  declare fileKey: string | null

  @column({ consume: (size: string | null) => (size === null ? null : Number(size)) })
  declare fileSize: number | null

  @column.dateTime()
  declare expiresAt: DateTime | null

  /** How often it has failed since it was asked for, or asked for again. */
  @column()
  declare attempt: number

  /** Not before; null: now. */
  @column.dateTime()
  declare retryAt: DateTime | null

  /** What the last failure says to the user. */
  @column()
  declare error: string | null

  @column.dateTime({ autoCreate: true })
  declare createdAt: DateTime

  @column.dateTime()
  declare finishedAt: DateTime | null
}
