import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { buildSchema, type GraphQLSchema } from 'graphql'

/** The version of the Admin API that is played; others answer with its fields. */
export const VERSION = '2026-10'

const FILE = new URL(`./schema/admin-${VERSION}.graphql.gz`, import.meta.url)

let schema: GraphQLSchema | undefined

/** Shopify's own schema. Takes half a second at the first call. */
export function adminSchema(): GraphQLSchema {
  // The types are Shopify's and fit together: checking thousands of them would only take time.
  schema ??= buildSchema(gunzipSync(readFileSync(FILE)).toString('utf8'), {
    assumeValid: true,
    assumeValidSDL: true,
    noLocation: true,
  })
  return schema
}
