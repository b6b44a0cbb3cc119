/** Files of a new connector, by path. */
export function template(id: string, sdkVersion: string): Record<string, string> {
  return {
    'package.json': `${JSON.stringify(manifest(id, sdkVersion), null, 2)}\n`,
    'index.ts': SOURCE.replace('ID', id).replace('TITLE', titleOf(id)),
    'contract.ts': CONTRACT,
    'README.md': readme(id),
  }
}

const titleOf = (id: string): string =>
  id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')

const manifest = (id: string, sdkVersion: string) => ({
  name: `source-${id}`,
  version: '0.1.0',
  type: 'module',
  main: 'index.ts',
  analyticaflow: { source: true },
  scripts: { test: 'aflow-source test' },
  dependencies: { '@analyticaflow/sdk': `^${sdkVersion}` },
})

const SOURCE = `import { afterCursor, apiKey, defineSource, entityStream, field, z } from '@analyticaflow/sdk'

const Config = z.object({
  api_key: field(z.string().min(8), { label: 'API key', secret: true }),
})

const Order = z.object({
  id: z.string(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  total: z.string(),
  currency: z.string(),
  email: z.string().nullable(),
})

export default defineSource({
  id: 'ID',
  version: '0.1.0',
  sdk: '^1.0.0',
  title: 'TITLE',
  vendorApi: { version: 'v1', docs: 'https://developers.example.com' },
  auth: apiKey({ in: 'header', name: 'authorization', prefix: 'Bearer ' }),
  config: Config,
  http: { baseUrl: 'https://api.example.com/v1', limit: { perMinute: 120 } },
  async check({ http }) {
    await http.get('/me', z.object({ id: z.string() }))
  },
  streams: {
    orders: entityStream(Config, {
      title: 'Orders',
      emits: 'order',
      row: Order,
      key: ['id'],
      updatedAt: 'updated_at',
      overlapMinutes: 10,
      read: ({ http }, { since }, resume) =>
        http.pages('/orders', {
          row: Order,
          query: { sort: 'updated_at', ...(since !== null && { since }) },
          paginate: afterCursor({ items: 'data', next: 'next' }),
          resume,
        }),
      map: (row) => ({
        externalId: row.id,
        at: row.created_at,
        updatedAt: row.updated_at,
        total: { amount: row.total, currency: row.currency },
        email: row.email,
      }),
    }),
  },
})
`

const CONTRACT = `import type { ContractSpec, Tables, VendorReply } from '@analyticaflow/sdk/testing'

const PAGE = 4

/** The vendor's list of orders, oldest update first; the cursor is a place, not a number of rows. */
function orders(tables: Tables, since = '', after = ''): VendorReply {
  const placed = (tables.orders ?? []).map((row) => ({
    row,
    place: \`\${String(row.updated_at)} \${String(row.id)}\`,
  }))
  const rest = placed
    .filter(({ row, place }) => String(row.updated_at) >= since && place > after)
    .sort((a, b) => (a.place < b.place ? -1 : 1))
  const page = rest.slice(0, PAGE)
  const next = rest.length > PAGE ? (page.at(-1)?.place ?? null) : null
  return { json: { data: page.map(({ row }) => row), next } }
}

const spec: ContractSpec = {
  config: { api_key: 'a-key-of-the-contract' },
  vendor({ path, query }, tables) {
    if (path === '/me') return { json: { id: '1' } }
    if (path === '/orders') return orders(tables, query.since, query.after)
    return { status: 404 }
  },
  streams: {
    orders: {
      make: (number, at) => ({
        id: \`o\${number}\`,
        created_at: at.toISOString(),
        updated_at: at.toISOString(),
        total: \`\${number}.50\`,
        currency: 'EUR',
        email: null,
      }),
      change: (row) => ({ ...row, total: '99.00' }),
    },
  },
  badCases: [{ name: 'a missing permission', reply: () => ({ status: 403 }), code: 'auth_scope' }],
}

export default spec
`

const readme = (id: string): string => `# ${titleOf(id)}

A connector for AnalyticaFlow. \`npx aflow-source test\` tries it against the fake vendor of \`contract.ts\`.
`
