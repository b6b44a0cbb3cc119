import { defineConfig } from '@adonisjs/core/app'

export default defineConfig({
  commands: [() => import('@adonisjs/core/commands'), () => import('@adonisjs/lucid/commands')],
  // boot() runs in this order, shutdown() in the reverse: the databases outlive all their users.
  providers: [
    () => import('@adonisjs/core/providers/app_provider'),
    () => import('@adonisjs/core/providers/hash_provider'),
    { file: () => import('@adonisjs/core/providers/repl_provider'), environment: ['repl', 'test'] },
    () => import('#providers/embedded_provider'),
    () => import('@adonisjs/lucid/database_provider'),
    () => import('@adonisjs/limiter/limiter_provider'),
    { file: () => import('#providers/migrate_provider'), environment: ['web'] },
    { file: () => import('#providers/jobs_provider'), environment: ['web'] },
  ],
  preloads: [() => import('#start/routes'), () => import('#start/kernel')],
  tests: {
    suites: [
      { name: 'unit', files: ['app/**/tests/unit/**/*.spec.{ts,js}'], timeout: 10_000 },
      { name: 'embedded', files: ['embedded/tests/**/*.spec.{ts,js}'], timeout: 60_000 },
      { name: 'functional', files: ['app/**/tests/functional/**/*.spec.{ts,js}'], timeout: 30_000 },
    ],
    forceExit: false,
  },
  metaFiles: [{ pattern: 'clickhouse/migrations/*.sql', reloadServer: true }],
  hooks: {},
})
