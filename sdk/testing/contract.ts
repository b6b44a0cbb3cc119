import type { SourceDefinition } from '../src/index.ts'
import { auth } from './contracts/auth.ts'
import { check } from './contracts/check.ts'
import { cursor } from './contracts/cursor.ts'
import { limits } from './contracts/limits.ts'
import { restatement } from './contracts/restatement.ts'
import { resume } from './contracts/resume.ts'
import { rows } from './contracts/rows.ts'
import { secrets } from './contracts/secrets.ts'
import { shape } from './contracts/shape.ts'
import { webhooks } from './contracts/webhooks.ts'
import { guarded } from './network_guard.ts'
import { Plan, type Contract } from './plan.ts'
import type { ContractSpec } from './spec.ts'

/** All ten, in the order in which they are best mended. */
export const contracts: readonly Contract[] = [
  shape,
  check,
  auth,
  resume,
  rows,
  cursor,
  restatement,
  limits,
  secrets,
  webhooks,
]

/** One test, for any runner. */
export interface ContractTest {
  /** One word, such as `resume`. */
  id: string
  /** What has to hold. */
  name: string
  /** Why it does not apply to this source; then `run` does nothing. */
  exempt: string | undefined
  /** @throws ContractFailure that says what is broken, in which stream */
  run: () => Promise<void>
}

/**
 * The ten contracts of a source.
 *
 * @example for (const { name, run } of contract(source, spec)) test(name, run)
 */
export function contract(source: SourceDefinition, spec: ContractSpec): ContractTest[] {
  const plan = new Plan(source, spec)
  return contracts.map((one, index) => {
    const exempt = one.exempt?.(plan)
    const run = () => guarded((guard) => one.run(plan, guard))
    return {
      id: one.id,
      name: `${index + 1}. ${one.title}`,
      exempt,
      run: exempt === undefined ? run : () => Promise.resolve(),
    }
  })
}
