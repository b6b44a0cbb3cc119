import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type Integration from './models/integration.ts'

type RemovalHook = (integration: Integration, trx: TransactionClientContract) => Promise<void>

const removalHooks: RemovalHook[] = []

/**
 * Runs in the transaction that removes an integration, before its row and its runs go. What it
 * loaded lies elsewhere, so a hook best queues a job in `trx` and returns.
 */
export function onIntegrationRemoved(hook: RemovalHook): void {
  removalHooks.push(hook)
}

export async function runRemovalHooks(
  integration: Integration,
  trx: TransactionClientContract
): Promise<void> {
  for (const hook of removalHooks) await hook(integration, trx)
}
