export const integrationStatuses = [
  'pending',
  'active',
  'syncing',
  'needs_reauth',
  'error',
  'paused',
] as const
export type IntegrationStatus = (typeof integrationStatuses)[number]

/** When an integration runs by itself. */
export interface Schedule {
  /** Five fields. */
  cron: string
  /** IANA time zone that the cron expression is read in. */
  timezone: string
}

export const runStatuses = ['queued', 'running', 'done', 'failed', 'canceled', 'stalled'] as const
export type RunStatus = (typeof runStatuses)[number]

/** Whether nothing more will happen to a run. */
export const hasEnded = (status: RunStatus): boolean => status !== 'queued' && status !== 'running'

/** Who asked for a run. */
export const runTriggers = ['manual', 'schedule', 'import', 'webhook'] as const
export type RunTrigger = (typeof runTriggers)[number]

/** Why a run or an integration is in trouble: the code of a `SourceError`, or one of ours. */
export interface RunError {
  code: string
  message: string
  /** The setting at fault, for instance `columns.order_id`. */
  field?: string
  /** The line at fault of an imported file. */
  line?: number
}

/** What a run was asked to read; the days are of the project's time zone, both included. */
export interface RunParams {
  from?: string
  to?: string
  /** Everything, as if the integration were new. */
  full?: boolean
}
