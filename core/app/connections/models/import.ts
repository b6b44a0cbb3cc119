import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import { jsonColumn } from '../json_column.ts'

/** One uploaded file with the spec it was uploaded with. Its run tells how far it is. */
export default class Import extends BaseModel {
  static override table = 'imports'

  @column({ isPrimary: true })
  declare id: string

  @column()
  declare projectId: number

  @column()
  declare integrationId: string

  @column()
  declare runId: string | null

  @column()
  declare userId: number | null

  @column()
  declare name: string

  /** The settings of this file; those of the integration follow the newest import. */
  @column(jsonColumn)
  declare spec: Record<string, unknown>

  @column()
  declare fileName: string

  /** A bigint, which the driver gives as a string. */
  @column({ consume: Number })
  declare fileSize: number

  /** Key in the upload store. */
  @column({ serializeAs: null })
  declare fileKey: string

  @column.dateTime({ autoCreate: true })
  declare createdAt: DateTime
}
