import { defineConfig } from '@adonisjs/core/http'
import env from '#start/env'
import { answerBadUrl } from '#shared/http/bad_url'

export const http = defineConfig({
  generateRequestId: true,
  allowMethodSpoofing: false,
  useAsyncLocalStorage: false,
  // Whose X-Forwarded-For is believed: rate limits count the address that this yields.
  trustProxy: env.get('AF_TRUST_PROXY', 'loopback'),
  // Large imports stream for longer than Node's five minutes.
  requestTimeout: 60 * 60 * 1000,
  // Longer than the idle time of usual gateways, which otherwise reuse a closed connection.
  keepAliveTimeout: 75_000,
  onBadUrl: answerBadUrl,
  // TRICKY: the default splits every value at commas, so that a name with a comma becomes a list.
  qs: {
    parse: { depth: 5, parameterLimit: 1000, allowSparse: false, arrayLimit: 200, comma: false },
  },
  cookie: {},
})
