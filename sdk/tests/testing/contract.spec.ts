import { test } from '@japa/runner'
import type { SourceDefinition } from '@analyticaflow/sdk'
import { contract, ContractFailure } from '@analyticaflow/sdk/testing'
import harbour from './harbour.ts'
import { spec } from './harbour_contract.ts'
import { mutants } from './mutants.ts'

/** The contracts that a source breaks. */
async function broken(source: SourceDefinition): Promise<string[]> {
  const ids: string[] = []
  for (const { id, run } of contract(source, spec)) {
    try {
      await run()
    } catch (error) {
      if (!(error instanceof ContractFailure)) throw error
      ids.push(`${id}: ${error.message}`)
    }
  }
  return ids
}

test.group('a connector that is right', () => {
  for (const { name, run, exempt } of contract(harbour, spec)) {
    test(name, async ({ assert }) => {
      assert.isUndefined(exempt)
      await run()
    })
  }
})

test.group('a connector that is wrong breaks one contract', () => {
  for (const { mistake, breaks, source } of mutants) {
    test(`${breaks}: ${mistake}`, async ({ assert }) => {
      const ids = (await broken(source)).map((text) => text.replace(/:.*/s, ''))
      assert.deepEqual(ids, [breaks])
    })
  }

  test('and each contract has at least one that breaks it', ({ assert }) => {
    const tried = new Set(mutants.map(({ breaks }) => breaks))
    const all = contract(harbour, spec).map(({ id }) => id)
    assert.sameMembers([...tried], all)
    assert.lengthOf(all, 10)
  })
})
