import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { buildSchema, NoDeprecatedCustomRule, parse, specifiedRules, validate } from 'graphql'

const FILE = join(import.meta.dirname, 'data/admin-2026-10.graphql.gz')

/** The Admin schema of the version that the connector asks, as Shopify publishes it. */
export const adminSchema = buildSchema(gunzipSync(readFileSync(FILE)).toString('utf8'), {
  assumeValid: true,
})

/** What the schema has against a query; deprecated fields count. */
export const faultsOf = (query: string): string[] =>
  validate(adminSchema, parse(query), [...specifiedRules, NoDeprecatedCustomRule]).map(
    ({ message }) => message
  )
