/**
 * How long the real file takes from bytes in memory to encoded lines.
 *
 * node --conditions=af-source bench/encode.ts [file.csv]
 */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { onlineRetail, realFile } from '../tests/online_retail.ts'
import { contextOf, pagesOf } from '../tests/support.ts'

const path = process.argv[2]
const bytes = path === undefined ? gunzipSync(readFileSync(realFile)) : readFileSync(path)
for (let round = 1; round <= 4; round++) {
  const started = performance.now()
  const cpu = process.cpuUsage()
  let lines = 0
  let written = 0
  for await (const page of pagesOf(contextOf(onlineRetail, bytes))) {
    for (const { rows, bytes: encoded } of page.bulk) {
      lines += rows
      written += encoded.length
    }
  }
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - started) / 1000
  process.stdout.write(
    `${lines} lines, ${(written / 1e6).toFixed(0)} MB in ${seconds.toFixed(2)} s` +
      ` (cpu ${((user + system) / 1e6).toFixed(2)} s, ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB)\n`
  )
}
