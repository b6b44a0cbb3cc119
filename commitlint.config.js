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

export default {
  extends: ['@commitlint/config-conventional'],
  rules: {
    'scope-enum': [2, 'always', SCOPES],
    // Subjects may begin with a name: KPI, API.
    'subject-case': [0],
    'header-max-length': [2, 'always', 110],
    'body-max-line-length': [0],
    'footer-max-line-length': [0],
  },
}
