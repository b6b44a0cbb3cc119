import { defineConfig } from '@adonisjs/core/logger'
import app from '@adonisjs/core/services/app'
import env from '#start/env'
import { describeError, redactedPaths } from '#shared/logging'

const loggerConfig = defineConfig({
  default: 'app',
  loggers: {
    app: {
      enabled: true,
      name: 'analyticaflow',
      level: env.get('LOG_LEVEL', app.inTest ? 'warn' : 'info'),
      timestamp: 'iso',
      redact: { paths: redactedPaths, censor: '[redacted]' },
      serializers: { err: describeError, error: describeError },
    },
  },
})

export default loggerConfig

declare module '@adonisjs/core/types' {
  export interface LoggersList extends InferLoggers<typeof loggerConfig> {}
}
