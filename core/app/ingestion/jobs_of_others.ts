import type { Jobs } from '#shared/jobs'

export type Handlers = { [Name in keyof Jobs]: (payload: Jobs[Name]) => Promise<void> }
/** Jobs of domains that this one knows nothing of. */
export type OtherHandlers = Pick<Handlers, 'privacy_request' | 'reap_privacy'>

let others: OtherHandlers | undefined

/** Says how they are carried out. */
export function carryOut(handlers: OtherHandlers): void {
  others = handlers
}

export function jobsOfOthers(): OtherHandlers {
  if (!others) throw new Error('Nobody has said how the jobs of other domains are carried out')
  return others
}
