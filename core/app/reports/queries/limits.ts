import env from '#start/env'

/** What one statement of a report may take; settings of the installation. */
export const limits = {
  seconds: env.get('AF_REPORT_MAX_SECONDS', 30),
  memoryBytes: env.get('AF_REPORT_MAX_MEMORY_MB', 2000) * 1_000_000,
  /** More than a page ever has: a statement that gives more is a mistake. */
  resultRows: 10_000,
  perProject: env.get('AF_REPORT_CONCURRENCY', 4),
}
