import testUtils from '@adonisjs/core/services/test_utils'
import { assert } from '@japa/assert'
import type { Config } from '@japa/runner/types'
import { dropTemplate } from './databases.ts'
import { dropWarehouses } from './warehouse_database.ts'

export const plugins: NonNullable<Config['plugins']> = [assert()]

export const configureSuite: NonNullable<Config['configureSuite']> = (suite) => {
  if (suite.name === 'functional') suite.setup(() => testUtils.httpServer().start())
}

export const teardown: NonNullable<Config['teardown']> = [dropTemplate, dropWarehouses]
