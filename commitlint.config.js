/** Scopes are the folders of the top level; a commit across several of them has none. */
const SCOPES = [
  'core',
  'sdk',
  'plugins',
  'web',
  'shopify-app',
  'woo-plugin',
  'docker',
  'k8s',
  'docs',
  'scripts',
  'ci',
  'e2e',
]

/** Written before the check was installed, and history stands. */
const BEFORE = [
  'perf(core): reports plan less, look coverage up once per published state; feat(scripts): bench',
]

export default {
  extends: ['@commitlint/config-conventional'],
  ignores: [(message) => BEFORE.includes(message.trim())],
  rules: {
    'scope-enum': [2, 'always', SCOPES],
    // Subjects may begin with a name: KPI, API.
    'subject-case': [0],
    'header-max-length': [2, 'always', 110],
    'body-max-line-length': [0],
    'footer-max-line-length': [0],
  },
}
