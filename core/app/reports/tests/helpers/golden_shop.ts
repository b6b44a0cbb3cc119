import { execFileSync } from 'node:child_process'
import { openAsBlob } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repoRoot } from '#shared/paths'
import { importFile, type ImportState } from './imports.ts'
import type { TestAccount } from '#tests/factories'

const sameNames = (...names: string[]) => Object.fromEntries(names.map((name) => [name, name]))

/** How each file of the shop is imported; the order is that of a shop that begins with its orders. */
const specs = {
  orders: {
    columns: sameNames(
      'order_id',
      'ordered_at',
      'client_id',
      'customer_id',
      'email',
      'phone',
      'total',
      'tax',
      'shipping',
      'discount',
      'is_cancelled',
      'refund_of'
    ),
    constants: { currency: 'EUR' },
    rules: [{ when: { column: 'row', equals: 'refund' }, as: 'refund' }],
  },
  touchpoints: {
    columns: sameNames(
      'occurred_at',
      'client_id',
      'customer_id',
      'source',
      'medium',
      'campaign',
      'campaign_id',
      'channel',
      'landing_page'
    ),
  },
  ad_spend: {
    columns: sameNames(
      'date',
      'source',
      'campaign',
      'campaign_id',
      'cost',
      'impressions',
      'clicks'
    ),
    constants: { currency: 'EUR' },
  },
  deals: {
    columns: sameNames(
      'deal_id',
      'created_at',
      'closed_at',
      'won',
      'amount',
      'contact_id',
      'email',
      'phone',
      'order_id',
      'client_id'
    ),
    constants: { currency: 'EUR' },
  },
  customers: { columns: sameNames('customer_id', 'email', 'phone') },
} as const
export const shopFiles = Object.keys(specs) as (keyof typeof specs)[]

interface Credited {
  conversions: string
  revenue: string
}

export interface GoldenReport {
  paths: number
  paths_without_conversion: number
  conversions_without_touch: number
  models: Record<string, Record<string, Credited>>
  markov_global: Record<string, Credited>
}

/** Sums are billionths as texts, ratios and numbers of customers are numbers. */
export type KeyFigures = Record<string, string | number | null>

/** By basis of refunds, then by model; '' is the row of what is unattributed. */
export type GoldenKpi = Record<
  'order_date' | 'refund_date',
  Record<string, { rows: Record<string, KeyFigures>; totals: KeyFigures }>
>

/** What scripts/golden/shop.py finds in the raw files; '' is what is unattributed. */
export interface GoldenShop {
  range: { from: string; to: string }
  totals: { orders: number; revenue: string; customers: number; new_customers: number }
  channel: GoldenReport
  campaign: GoldenReport
  kpi: Record<'channel' | 'campaign', GoldenKpi>
}

const python = (script: string, folder: string) =>
  execFileSync('python3', [join(repoRoot, 'scripts/golden', script), folder], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })

/** Writes the files of the made-up shop, and has Python compute what has to come out. */
export async function makeShop() {
  const folder = await mkdtemp(join(tmpdir(), 'af-shop-'))
  python('shop_files.py', folder)
  return {
    golden: JSON.parse(python('shop.py', folder)) as GoldenShop,
    /** Imports a file of the shop through the API. */
    async import(
      project: { id: string; owner: TestAccount },
      kind: keyof typeof specs
    ): Promise<ImportState> {
      const file = await openAsBlob(join(folder, `${kind}.csv`))
      return importFile(project, { kind, name: kind, ...specs[kind] }, file)
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
