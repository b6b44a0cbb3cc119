import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

type RulesHook = (projectId: number, trx: TransactionClientContract) => Promise<void>

const hooks: RulesHook[] = []

/** Runs in the transaction that changes which channels a project's rules name. */
export function onChannelRulesChanged(hook: RulesHook): void {
  hooks.push(hook)
}

export async function channelRulesChanged(
  projectId: number,
  trx: TransactionClientContract
): Promise<void> {
  for (const hook of hooks) await hook(projectId, trx)
}
