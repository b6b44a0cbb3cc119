import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from '@japa/runner'
import { vendorNames } from '../checks/vendor_names.ts'

/** What is found in a repository that consists of this file. */
function namesIn(file: string, text: string): string[] {
  const root = mkdtempSync(join(tmpdir(), 'af-names-'))
  mkdirSync(join(root, dirname(file)), { recursive: true })
  writeFileSync(join(root, file), text)
  try {
    return vendorNames(root)
  } finally {
    rmSync(root, { recursive: true })
  }
}

test.group('vendor names', () => {
  test('{$self} is found in code')
    .with(["'google-ads'", 'googleAdsId', "'shopify'"])
    .run(({ assert }, name) => {
      const found = namesIn('core/app/ingestion/run.ts', `\nif (source.id === ${name}) skip()\n`)
      assert.deepEqual(found, [`core/app/ingestion/run.ts:2: if (source.id === ${name}) skip()`])
    })

  test('SQL is code', ({ assert }) => {
    assert.lengthOf(namesIn('core/clickhouse/migrations/1.sql', "SELECT 'facebook'"), 1)
  })

  test('comments may give examples, and tests may have their shops', ({ assert }) => {
    assert.isEmpty(namesIn('sdk/src/money.ts', '/** As Google Ads\n * and Shopify */\n// ga4\n'))
    assert.isEmpty(namesIn('core/clickhouse/migrations/1.sql', '-- facebook\nSELECT 1'))
    assert.isEmpty(namesIn('core/app/reports/tests/unit/a.spec.ts', "const id = 'shopify'"))
  })

  test('a comment does not hide what stands before it', ({ assert }) => {
    assert.lengthOf(namesIn('web/src/a.ts', "const id = 'bitrix24' // as shown\n"), 1)
  })
})
