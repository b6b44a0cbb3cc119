import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type Project from './models/project.ts'

export interface ProjectChanges {
  currency?: string
  timezone?: string
}

type DeletionHook = (project: Project, trx: TransactionClientContract) => Promise<void>
type ChangeGuard = (
  project: Project,
  changes: ProjectChanges,
  trx: TransactionClientContract
) => Promise<void>

const deletionHooks: DeletionHook[] = []
const changeGuards: ChangeGuard[] = []

/**
 * Runs in the transaction that deletes a project, before its row goes. Rows with a foreign key go
 * by themselves; what lives elsewhere (ClickHouse, files) is best queued as a job in `trx`.
 */
export function onProjectDeleted(hook: DeletionHook): void {
  deletionHooks.push(hook)
}

/**
 * Asked before the currency or the time zone of a project changes. A guard refuses by throwing a
 * `conflict`, e.g. while data exists that would have to be rebuilt.
 */
export function guardProjectChange(guard: ChangeGuard): void {
  changeGuards.push(guard)
}

export async function runDeletionHooks(
  project: Project,
  trx: TransactionClientContract
): Promise<void> {
  for (const hook of deletionHooks) await hook(project, trx)
}

export async function runChangeGuards(
  project: Project,
  changes: ProjectChanges,
  trx: TransactionClientContract
): Promise<void> {
  for (const guard of changeGuards) await guard(project, changes, trx)
}
