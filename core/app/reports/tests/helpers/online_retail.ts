import { spawn } from 'node:child_process'
import { openAsBlob } from 'node:fs'
import { join } from 'node:path'
import { repoRoot } from '#shared/paths'
import type { TestAccount } from '#tests/factories'
import { importFile, type ImportState } from './imports.ts'

const FILE = join(repoRoot, 'plugins/sources/csv/tests/data/online-retail.csv.gz')

export const retailSpec = {
  kind: 'order_lines',
  name: 'Online Retail',
  columns: {
    order_id: 'InvoiceNo',
    ordered_at: 'InvoiceDate',
    product_id: 'StockCode',
    product_name: 'Description',
    quantity: 'Quantity',
    unit_price: 'UnitPrice',
    customer_id: 'CustomerID',
    country: 'Country',
  },
  constants: { currency: 'GBP' },
  timezone: 'Europe/London',
  rules: [
    { when: { column: 'InvoiceNo', starts_with: 'C' }, as: 'refund' },
    { when: { column: 'InvoiceNo', starts_with: 'A' }, as: 'skip' },
  ],
}

interface Figures {
  gross_sales: string
  refunds: string
  invoices: number
  orders: number
  customers: number
  customers_known: number
  new_customers: number
}

/** What scripts/golden/online_retail.py finds in the raw file. */
export interface Golden {
  rows: { read: number; skipped: number }
  totals: Figures
  invoices_with_two_times: number
  months: Record<string, Figures>
  days: Record<string, Figures>
  countries: Record<string, Figures>
  products: Record<string, { gross_sales: string; refunds: string; orders: number }>
}

/** Computes the golden figures from the raw file, with nothing of ours. */
export async function computeGolden(): Promise<Golden> {
  const script = join(repoRoot, 'scripts/golden/online_retail.py')
  const python = spawn('python3', [script, FILE], { stdio: ['ignore', 'pipe', 'inherit'] })
  const chunks: Buffer[] = []
  python.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  const code = await new Promise<number | null>((resolve, reject) => {
    python.on('error', reject).on('close', resolve)
  })
  if (code !== 0) throw new Error(`online_retail.py ended with ${code}`)
  return JSON.parse(Buffer.concat(chunks).toString()) as Golden
}

/** Imports the file through the API and a worker, and returns how it ended. */
export async function importRetail(project: {
  id: string
  owner: TestAccount
}): Promise<ImportState> {
  return importFile(project, retailSpec, await openAsBlob(FILE))
}
