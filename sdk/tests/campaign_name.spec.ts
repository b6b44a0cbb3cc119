import { test } from '@japa/runner'
import fc from 'fast-check'
import { cleanCampaignName } from '../src/index.ts'

test.group('cleanCampaignName', () => {
  const cases: [string, string][] = [
    [' (Sale) My_Campaign_2025 | RU ', 'sale_my_campaign_2025_ru'],
    ['Распродажа — Лето 2025', 'распродажа_лето_2025'],
    ['ＳＡＬＥ①', 'sale1'],
    ['Cafe\u0301 / café', 'café_café'],
    ['हिन्दी सेल', 'हिन्दी_सेल'],
    ['🔥\uFE0F hot', 'hot'],
    ['__--__', ''],
    ['', ''],
  ]
  for (const [name, cleaned] of cases) {
    test(`“${name}” is “${cleaned}”`, ({ assert }) => {
      assert.equal(cleanCampaignName(name), cleaned)
    })
  }

  test('cleaning a cleaned name changes nothing', ({ assert }) => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const cleaned = cleanCampaignName(name)
        assert.equal(cleanCampaignName(cleaned), cleaned)
      })
    )
  })
})
