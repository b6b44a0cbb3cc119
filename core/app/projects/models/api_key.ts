import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import type { ApiKeyPermission } from '../permissions.ts'

export default class ApiKey extends BaseModel {
  @column({ isPrimary: true })
  declare id: number

  @column()
  declare projectId: number

  @column()
  declare createdBy: number

  @column()
  declare name: string

  /** The first characters of the key, so that people can tell their keys apart. */
  @column()
  declare prefix: string

  @column({ serializeAs: null })
  declare hash: string

  @column()
  declare permissions: ApiKeyPermission[]

  @column.dateTime({ autoCreate: true })
  declare createdAt: DateTime

  @column.dateTime()
  declare lastUsedAt: DateTime | null

  @column.dateTime()
  declare revokedAt: DateTime | null
}
