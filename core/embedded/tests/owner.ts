/** Owns the databases of a directory for a test that kills it: `owner.ts <directory> own|insert`. */
import { ownDatabases } from '../databases.ts'
import { quietClient } from './engine.ts'

const BLOCK = 1000
const say = (line: string | number) => process.stdout.write(`${line}\n`)

async function insertForever(url: string): Promise<void> {
  const client = quietClient(url)
  await client.command({
    query: 'CREATE TABLE IF NOT EXISTS rows (id UInt32) ENGINE = MergeTree ORDER BY id',
  })
  const answer = await client.query({
    query: 'SELECT max(id) AS last FROM rows',
    format: 'JSONEachRow',
  })
  let [{ last } = { last: 0 }] = await answer.json<{ last: number }>()
  say('ready')
  for (;;) {
    const values = Array.from({ length: BLOCK }, (_, index) => ({ id: last + index + 1 }))
    await client.insert({ table: 'rows', values, format: 'JSONEachRow' })
    last += BLOCK
    say(last)
  }
}

const [directory = '', mode] = process.argv.slice(2)
const databases = await ownDatabases(
  directory,
  { postgres: true, clickhouse: true },
  () => undefined
)
if (mode === 'insert') await insertForever(databases.clickhouseUrl)
say('ready')
setInterval(() => undefined, 60_000)
