import { defineConfig } from '@adonisjs/core/logger'
import app from '@adonisjs/core/services/app'
import env from '#start/env'
import { describeError, logSink, redactedPaths } from '#shared/logging'

const sink = logSink()

const loggerConfig = defineConfig({
  default: 'app',
  loggers: {
    app: {
      enabled: true,
      name: 'analyticaflow',
      level: env.get('LOG_LEVEL', app.inTest ? 'trace' : 'info'),
      timestamp: 'iso',
      ...(sink !== undefined && { destination: sink }),
      redact: { paths: redactedPaths, censor: '[redacted]' },
      serializers: { err: describeError, error: describeError },
    },
  },
})

export default loggerConfig

declare module '@adonisjs/core/types' {
  export interface LoggersList extends InferLoggers<typeof loggerConfig> {}
}
