import { BaseModel, column } from '@adonisjs/lucid/orm'
import type { DateTime } from 'luxon'
import type { WeekStart } from '#shared/http/types'

export default class Project extends BaseModel {
  @column({ isPrimary: true })
  declare id: number

  @column()
  declare name: string

  @column()
  declare ownerId: number

  @column()
  declare currency: string

  @column()
  declare timezone: string

  @column()
  declare weekStart: WeekStart

  @column.dateTime({ autoCreate: true })
  declare createdAt: DateTime
}
