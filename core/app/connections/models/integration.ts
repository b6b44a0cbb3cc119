import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { jsonColumn } from '../json_column.ts'
import type { IntegrationStatus, RunError, Schedule } from '../types.ts'

/** A connection of a project to a source. Ids are bigints, which the driver gives as strings. */
export default class Integration extends BaseModel {
  static override table = 'integrations'

  @column({ isPrimary: true })
  declare id: string

  @column()
  declare projectId: number

  /** Id of the source. */
  @column()
  declare type: string

  @column()
  declare name: string

  /** What the user typed in, secrets excepted. */
  @column({ columnName: 'settings_json', ...jsonColumn })
  declare settings: Record<string, unknown>

  /** See credentials.ts. */
  @column({ serializeAs: null })
  declare encryptedCredentials: string | null

  /** That of its runs; a pause lies above it. */
  @column()
  declare status: Exclude<IntegrationStatus, 'paused'>

  @column(jsonColumn)
  declare error: RunError | null

  @column.dateTime()
  declare pausedAt: DateTime | null

  @column(jsonColumn)
  declare schedule: Schedule | null

  /** When the schedule is due next; null while paused. */
  @column.dateTime()
  declare nextRunAt: DateTime | null

  @column.dateTime()
  declare lastSyncedAt: DateTime | null

  /** Removed, while what it loaded was kept. */
  @column.dateTime()
  declare removedAt: DateTime | null

  @column.dateTime({ autoCreate: true })
  declare createdAt: DateTime
}
