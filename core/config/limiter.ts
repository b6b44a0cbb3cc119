import { defineConfig, stores } from '@adonisjs/limiter'
import env from '#start/env'

/** See docs/decisions/0012: one web process counts in memory, several share PostgreSQL. */
const limiterConfig = defineConfig({
  default: env.get('AF_RATE_LIMIT_STORE', 'memory'),
  stores: {
    memory: stores.memory({}),
    database: stores.database({ tableName: 'rate_limits' }),
  },
})

export default limiterConfig

declare module '@adonisjs/limiter/types' {
  export interface LimitersList extends InferLimiters<typeof limiterConfig> {}
}
