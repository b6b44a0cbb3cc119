import { spawn } from 'node:child_process'
import { openAsBlob } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startWorker } from '#ingestion/public'
import { repoRoot } from '#shared/paths'
import { api } from '#tests/api'
import type { TestAccount } from '#tests/factories'

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

export interface ImportState {
  status: string
  rows_read: number
  rows_loaded: number
  rows_skipped: number
  rows_rejected: number
}

/** Imports the file through the API and a worker, and returns how it ended. */
export async function importRetail(project: {
  id: string
  owner: TestAccount
}): Promise<ImportState> {
  const body = new FormData()
  body.append('spec', JSON.stringify(retailSpec))
  body.append('file', await openAsBlob(FILE), 'online-retail.csv.gz')
  const path = `/projects/${project.id}/imports`
  const caller = api(project.owner)
  const sent = await caller.post<{ data: { id: string } }>(path, undefined, { raw: body })
  if (sent.status !== 202) throw new Error(`${sent.status}: ${sent.text}`)
  const worker = await startWorker(1)
  try {
    for (;;) {
      const { body: state } = await caller.get<{ data: ImportState }>(
        `${path}/${sent.body.data.id}`
      )
      if (!['queued', 'running'].includes(state.data.status)) return state.data
      await sleep(200)
    }
  } finally {
    await worker.stop()
  }
}
