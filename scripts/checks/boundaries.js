import { join, resolve } from 'node:path'
import plugin from 'eslint-plugin-boundaries'

const root = resolve(import.meta.dirname, '../..')

/**
 * Which domains of core a domain may ask, always through their public.ts. A domain that is missing
 * here may import nothing; the arrows must form no circle.
 * `shared` belongs to everybody, file by file, and knows nobody.
 */
const DOMAINS = {
  shared: [],
  accounts: [],
  projects: ['accounts'],
  connections: ['accounts', 'projects', 'warehouse'],
  identity: ['accounts', 'projects', 'warehouse'],
  measurement: ['accounts', 'projects', 'warehouse', 'attribution'],
  ingestion: ['accounts', 'projects', 'connections', 'identity', 'measurement', 'warehouse'],
  privacy: ['projects', 'connections', 'identity', 'ingestion', 'warehouse'],
  warehouse: [],
  attribution: [],
  reports: [
    'accounts',
    'projects',
    'connections',
    'identity',
    'warehouse',
    'measurement',
    'attribution',
  ],
}

const domain = (name) => ({ element: { type: 'domain', captured: { domain: name } } })
const type = (...types) => ({ element: { type: types } })
const files = (selector, categories) => ({ ...selector, file: { categories } })

const domainPolicies = Object.entries(DOMAINS).map(([name, others]) => ({
  from: domain(name),
  allow: {
    to: [domain(name), domain('shared'), ...others.map((other) => files(domain(other), 'public'))],
  },
}))

/** Who may import whom; what is not named here is forbidden. */
const policies = [
  { allow: { to: { module: { origin: ['external', 'core'] } } } },
  ...domainPolicies,
  // How the application is put together: routes of every domain, else what they publish.
  {
    from: type('framework'),
    allow: {
      to: [
        type('framework', 'embedded'),
        domain('shared'),
        files(type('domain'), ['public', 'routes']),
      ],
    },
  },
  { from: type('domain'), allow: { to: files(type('framework'), 'environment') } },
  { from: type('embedded'), allow: { to: [type('embedded'), domain('shared')] } },
  // Sources are found by looking for packages that declare themselves, never by name.
  { from: type('domain', 'framework'), allow: { to: type('sdk') } },
  { from: type('sdk'), allow: { to: type('sdk') } },
  {
    from: type('plugin'),
    allow: {
      to: [
        type('sdk'),
        { element: { type: 'plugin', captured: { source: '{{ from.element.captured.source }}' } } },
      ],
    },
  },
  { from: type('sandbox'), allow: { to: type('sandbox') } },
  { from: type('web'), allow: { to: type('web') } },
  { from: type('scripts'), allow: { to: type('scripts') } },
  { from: type('e2e'), allow: { to: type('e2e', 'sandbox', 'scripts') } },
  // Tests set the stage with whatever they need.
  {
    from: { file: { categories: 'test' } },
    allow: { to: type('domain', 'framework', 'embedded', 'plugin', 'sdk', 'sandbox') },
  },
  // The doubles of vendors know nothing of what they test, and neither do their tests.
  {
    from: type('sandbox'),
    disallow: { to: type('domain', 'framework', 'embedded', 'plugin', 'sdk') },
  },
]

// TRICKY: matched from the root; else `web` would also be core/app/shared/web.
const elements = [
  { type: 'domain', pattern: 'core/app/*', capture: ['domain'] },
  { type: 'embedded', pattern: 'core/embedded' },
  { type: 'framework', pattern: 'core' },
  { type: 'plugin', pattern: 'plugins/sources/*', capture: ['source'] },
  { type: 'sandbox', pattern: 'plugins/sandbox' },
  { type: 'sdk', pattern: 'sdk' },
  { type: 'web', pattern: 'web' },
  { type: 'e2e', pattern: 'e2e' },
  { type: 'scripts', pattern: 'scripts' },
].map((element) => ({ ...element, partialMatch: false }))

/**
 * Import boundaries: domains meet at public.ts, plugins know the SDK only, the SDK nobody.
 *
 * @type {import('eslint').Linter.Config}
 */
export const boundaries = {
  plugins: { boundaries: plugin },
  settings: {
    'boundaries/root-path': root,
    'boundaries/legacy-templates': false,
    'boundaries/dependency-nodes': ['import', 'dynamic-import', 'export', 'require'],
    'boundaries/elements': elements,
    'boundaries/files': [
      { category: 'public', pattern: 'core/app/*/public.ts' },
      { category: 'routes', pattern: 'core/app/**/routes.ts' },
      { category: 'environment', pattern: 'core/start/env.ts' },
      { category: 'test', pattern: ['**/tests/**'] },
    ],
    'import/resolver': { [join(import.meta.dirname, 'resolver.cjs')]: {} },
  },
  rules: {
    'boundaries/dependencies': ['error', { default: 'disallow', policies }],
    'boundaries/no-unknown-dependencies': 'error',
    'boundaries/no-unknown-files': 'error',
  },
}
