import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ClickHouseClient } from '@clickhouse/client'
import type { Client } from './client.ts'
import { ALL_DAYS, END, files, FURTHER_DAYS } from './shop_sql.ts'

export { ALL_DAYS, END, FURTHER_DAYS }

type Kind = keyof typeof files
const kinds = Object.keys(files) as Kind[]

/** A file, and what its columns mean. */
export interface ShopFile {
  path: string
  spec: object
}

/** So many days after the end of the histories; before it where negative. */
export const day = (after: number): string =>
  new Date(Date.parse(END) + after * 86_400_000).toISOString().slice(0, 10)

/** Writes the files of the made-up shop and imports them as anybody would. */
export class MadeUpShop {
  readonly #clickhouse: ClickHouseClient
  readonly #client: Client
  readonly #directory: string
  readonly #events: number

  private constructor(
    clickhouse: ClickHouseClient,
    client: Client,
    directory: string,
    events: number
  ) {
    this.#clickhouse = clickhouse
    this.#client = client
    this.#directory = directory
    this.#events = events
  }

  /** @param events of all its days, as a tracker would count them */
  static async open(clickhouse: ClickHouseClient, client: Client, events: number) {
    const directory = await mkdtemp(join(tmpdir(), 'af-bench-shop-'))
    return new MadeUpShop(clickhouse, client, directory, events)
  }

  close(): Promise<void> {
    return rm(this.#directory, { recursive: true })
  }

  /** The files of some days, by {@link day}: the first, and the one after the last. */
  async write(from: number, to: number): Promise<ShopFile[]> {
    const written: ShopFile[] = []
    for (const kind of kinds) {
      const { sql, ...meaning } = files[kind]
      const path = join(this.#directory, `${kind}_${from}_${to}.csv`)
      const { stream } = await this.#clickhouse.exec({
        query: sql(this.#events),
        query_params: { from: day(from), to: day(to) },
      })
      await pipeline(stream, createWriteStream(path))
      written.push({ path, spec: { kind, name: `${kind} from ${day(from)}`, ...meaning } })
    }
    return written
  }

  /** Imports files one after the other; afterwards every report shows them. */
  async import(projectId: string, written: readonly ShopFile[]): Promise<void> {
    for (const { path, spec } of written) await this.#client.importFile(projectId, path, spec)
  }

  /** A project with the last days of the history, imported unless it is there already. */
  async importDays(days: number): Promise<string> {
    const name = `${days} days at ${this.#events} events`
    const known = await this.#client.findProject(name)
    if (known !== undefined) return known
    const projectId = await this.#client.makeProject(name, 'UTC')
    await this.import(projectId, await this.write(-days, 0))
    return projectId
  }
}
