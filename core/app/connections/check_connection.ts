import type { SourceError } from '@analyticaflow/sdk'
import { askVendor, type AskedConnection } from './ask_vendor.ts'
import Integration from './models/integration.ts'
import { isSourceError } from './source_errors.ts'
import type { RunError } from './types.ts'

/** What a connection is good for: nothing is wrong, or the first thing that is. */
export interface CheckResult {
  status: 'ok' | 'failed'
  error: (RunError & { scopes?: string[]; retryAt?: Date }) | null
}

export const NOT_CONNECTED: CheckResult = {
  status: 'failed',
  error: { code: 'not_connected', message: 'No consent has been given yet. Connect it.' },
}

function failureOf({ code, userMessage, detail }: SourceError): CheckResult {
  const { field, scopes, retryAt } = detail
  return {
    status: 'failed',
    error: {
      code,
      message: userMessage,
      ...(field !== undefined && { field }),
      ...(scopes !== undefined && { scopes }),
      ...(retryAt !== undefined && { retryAt }),
    },
  }
}

/** Asks the source whether its connection works. */
export async function checkConnection(asked: AskedConnection): Promise<CheckResult> {
  try {
    await askVendor(asked, (context) => asked.source.check(context))
    return { status: 'ok', error: null }
  } catch (error) {
    if (isSourceError(error)) return failureOf(error)
    throw error
  }
}

const reauth = new Set(['auth_expired', 'auth_scope'])

/** A saved connection follows what its check says, where that is for good. */
export async function followCheck(integration: Integration, result: CheckResult): Promise<void> {
  const row = Integration.query().where('id', integration.id)
  const { error } = result
  if (error === null) {
    await row.clone().where('status', 'needs_reauth').update({ status: 'active', error: null })
    await row.clone().where('status', 'pending').update({ error: null })
    return
  }
  const { code, message, field } = error
  const isFinal = reauth.has(code) || code === 'config_invalid'
  if (!isFinal) return
  await row.whereNot('status', 'syncing').update({
    status: reauth.has(code) ? 'needs_reauth' : 'error',
    error: JSON.stringify({ code, message, ...(field !== undefined && { field }) }),
  })
}
