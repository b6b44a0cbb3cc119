import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { jsonColumn } from '../json_column.ts'
import type { RunError, RunParams, RunStatus, RunTrigger } from '../types.ts'

/** One run of an integration. While it runs, only the worker that holds its lease writes to it. */
export default class SyncRun extends BaseModel {
  static override table = 'sync_runs'

  @column({ isPrimary: true })
  declare id: string

  @column()
  declare projectId: number

  @column()
  declare integrationId: string

  @column()
  declare trigger: RunTrigger

  @column()
  declare status: RunStatus

  @column(jsonColumn)
  declare params: RunParams

  @column()
  declare fence: number

  @column.dateTime()
  declare leaseUntil: DateTime | null

  @column.dateTime()
  declare cancelRequestedAt: DateTime | null

  @column()
  declare attempt: number

  @column.dateTime()
  declare retryAt: DateTime | null

  @column(jsonColumn)
  declare error: RunError | null

  @column.dateTime({ autoCreate: true })
  declare createdAt: DateTime

  @column.dateTime()
  declare startedAt: DateTime | null

  @column.dateTime()
  declare finishedAt: DateTime | null
}
