import { z } from 'zod'
import type { CheckResult } from '../check_connection.ts'
import { time } from './shared.ts'

export const OptionView = z
  .object({
    value: z.string(),
    label: z.string(),
    group: z.string().optional(),
    badge: z.string().optional(),
  })
  .meta({ id: 'Option' })

export const CheckView = z
  .object({
    status: z.enum(['ok', 'failed']),
    error: z
      .object({
        code: z
          .string()
          .describe(
            '`not_connected`, `auth_expired`, `auth_scope`, `config_invalid`, `rate_limited`, `vendor_unavailable`, `vendor_response`'
          ),
        message: z.string().describe('What is wrong and what to do, for people'),
        field: z.string().optional().describe('The setting at fault'),
        scopes: z.array(z.string()).optional().describe('Permissions that are missing'),
        retry_at: time.optional(),
      })
      .nullable(),
  })
  .meta({ id: 'Check' })

export function checkView({ status, error }: CheckResult): z.input<typeof CheckView> {
  if (error === null) return { status, error }
  const { code, message, field, scopes, retryAt } = error
  return {
    status,
    error: {
      code,
      message,
      ...(field !== undefined && { field }),
      ...(scopes !== undefined && { scopes }),
      ...(retryAt !== undefined && { retry_at: retryAt.toISOString() }),
    },
  }
}
