import { request } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { Client } from '../../bench/client.ts'
import { startInstallation } from '../../bench/installation.ts'
import { mb, peakOf } from '../memory.ts'
import type { Proof } from '../proof.ts'

const GIB = 1024 ** 3
const SIZES = [GIB / 10, 3 * GIB]
/** What the process may grow between the small file and one thirty times its size. */
const MAY_GROW_BY = 200 * 1024 ** 2

const spec = {
  kind: 'order_lines',
  columns: {
    order_id: 'order',
    ordered_at: 'at',
    product_id: 'product',
    quantity: 'quantity',
    unit_price: 'price',
    customer_id: 'customer',
  },
  constants: { currency: 'GBP' },
}

/** Order lines without end: 20 to an order, 0.25 each, over two years. */
function* lines(bytes: number): Generator<Buffer> {
  yield Buffer.from('order,at,product,quantity,price,customer,note\n')
  let written = 0
  for (let n = 0; written < bytes;) {
    let text = ''
    for (const end = n + 5000; n < end; n += 1) {
      const order = Math.floor(n / 20)
      const day = new Date(Date.UTC(2023, 0, 1 + (order % 730))).toISOString().slice(0, 10)
      text += `${order},${day} 12:00:00,p${n % 5000},1,0.25,c${order % 100_000},some words that nobody maps ${n}\n`
    }
    written += text.length
    yield Buffer.from(text)
  }
}

const rowsIn = (bytes: number): number => {
  let rows = -1
  for (const chunk of lines(bytes)) for (const byte of chunk) if (byte === 10) rows += 1
  return rows
}

async function* form(name: string, bytes: number): AsyncGenerator<Buffer> {
  const part = (head: string) => `--soak\r\nContent-Disposition: form-data; ${head}\r\n\r\n`
  yield Buffer.from(`${part('name="spec"')}${JSON.stringify({ ...spec, name })}\r\n`)
  yield Buffer.from(part('name="file"; filename="large.csv"'))
  yield* lines(bytes)
  yield Buffer.from('\r\n--soak--\r\n')
}

async function upload(
  url: string,
  token: string,
  projectId: string,
  bytes: number
): Promise<string> {
  const sent = request(`${url}/api/v1/projects/${projectId}/imports`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'multipart/form-data; boundary=soak',
      'transfer-encoding': 'chunked',
    },
  })
  const answer = new Promise<string>((resolve, reject) => {
    sent.on('error', reject)
    sent.on('response', (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => resolve(text))
    })
  })
  await pipeline(Readable.from(form(`large ${bytes}`, bytes)), sent)
  const { data } = JSON.parse(await answer) as { data?: { id: string } }
  if (!data) throw new Error(await answer)
  return data.id
}

const proof: Proof = {
  name: 'large-file',
  claim: 'a file of 3 GiB is imported right, in as much memory as one of 100 MiB',
  async run() {
    process.env.AF_IMPORT_MAX_BYTES = String(4 * GIB)
    const installation = await startInstallation()
    try {
      const client = new Client(installation.url)
      await client.signUp()
      const record: string[] = []
      const peaks: number[] = []
      for (const size of SIZES) {
        const projectId = await client.makeProject(`Large ${size}`)
        const start = performance.now()
        const id = await upload(installation.url, client.token, projectId, size)
        await client.untilImported(projectId, id)
        const seconds = (performance.now() - start) / 1000
        const rows = rowsIn(size)
        const { totals } = await client.kpi(projectId, {
          date_from: '2023-01-01',
          date_to: '2024-12-31',
          metrics: ['gross_sales', 'orders'],
        })
        if (totals.gross_sales !== rows / 4)
          throw new Error(`${rows} rows, but ${JSON.stringify(totals)}`)
        peaks.push(peakOf(installation.pid))
        record.push(
          `${mb(size)}: ${rows} rows in ${seconds.toFixed(0)} s, peak ${mb(peaks.at(-1) ?? 0)}`
        )
      }
      const [small = 0, large = 0] = peaks
      if (large - small > MAY_GROW_BY) throw new Error(`memory grew: ${record.join('; ')}`)
      return record.join('; ')
    } finally {
      await installation.stop()
    }
  },
}
export default proof
