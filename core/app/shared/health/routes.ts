import { z } from 'zod'
import { endpoint } from '#shared/http/endpoint'
import { Problem } from '#shared/http/problem'
import { readiness } from './checks.ts'

const HealthView = z.object({
  status: z.literal('ok'),
  checks: z.record(z.string(), z.literal('ok')).optional(),
})

const live = endpoint({
  method: 'GET',
  path: '/health/live',
  root: true,
  permission: 'public',
  rateLimit: 'none',
  tag: 'health',
  summary: 'The process runs',
  responses: { 200: HealthView },
  handle: ({ reply }) => reply(200, { status: 'ok' }),
})

const ready = endpoint({
  method: 'GET',
  path: '/health/ready',
  root: true,
  permission: 'public',
  rateLimit: 'none',
  tag: 'health',
  summary: 'The process and its databases can serve requests',
  responses: { 200: HealthView },
  handle: async ({ reply }) => {
    const checks = Object.entries(await readiness())
    const away = checks.filter(([, answers]) => !answers).map(([name]) => name)
    if (away.length > 0) {
      throw new Problem('unavailable', {
        detail: `Not answering: ${away.join(', ')}`,
        retryAfter: 5,
      })
    }
    const ok = Object.fromEntries(checks.map(([name]) => [name, 'ok' as const]))
    return reply(200, { status: 'ok', checks: ok })
  },
})

export default [live, ready]
