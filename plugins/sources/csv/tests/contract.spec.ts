import { test } from '@japa/runner'
import { contract, type ContractSpec } from '@analyticaflow/sdk/testing'
import source from '../src/index.ts'

/** Enough orders for three pages. */
function orders(count: number): Uint8Array {
  const lines = Array.from(
    { length: count },
    (_, index) => `o${index},2026-03-01 10:00:00,${index % 90}.50,EUR`
  )
  return Buffer.from(['order_id,ordered_at,total,currency', ...lines].join('\n'))
}

const spec: ContractSpec = {
  vendor: () => ({ status: 500 }),
  config: {
    file: 'upload',
    name: 'orders',
    kind: 'orders',
    columns: {
      order_id: 'order_id',
      ordered_at: 'ordered_at',
      total: 'total',
      currency: 'currency',
    },
  },
  files: { file: { name: 'orders.csv', bytes: orders(45_000) } },
  badCases: [
    {
      name: 'a file without rows',
      files: {
        file: { name: 'empty.csv', bytes: Buffer.from('order_id,ordered_at,total,currency\n') },
      },
      code: 'file_invalid',
    },
  ],
}

test.group('contracts of a file', () => {
  for (const { id, name, exempt, run } of contract(source, spec)) {
    test(name, async ({ assert }) => {
      // Nobody proves anything, nothing is requested, and files do not change.
      assert.equal(exempt !== undefined, ['auth', 'restatement', 'limits'].includes(id))
      await run()
    })
  }
})
