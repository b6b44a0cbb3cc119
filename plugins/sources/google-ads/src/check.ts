import { SourceError, type Context } from '@analyticaflow/sdk'
import { Account } from './answers.ts'
import { rowsOf } from './ask.ts'
import type { Config } from './config.ts'
import { ACCOUNT } from './queries.ts'

/** @throws SourceError that names the cause: consent, account, manager, approval */
export async function check(context: Context<typeof Config>): Promise<void> {
  const { config, currency, timezone, log } = context
  const [account] = await rowsOf(context, config.customer_id, ACCOUNT, Account)
  if (account === undefined) {
    throw new SourceError('config_invalid', 'Google Ads says nothing of this account.', {
      field: 'customer_id',
    })
  }
  if (account.manager) {
    throw new SourceError(
      'config_invalid',
      'This is a manager account, which has no figures of its own. Pick an ad account below it, and name the manager in its own field.',
      { field: 'customer_id' }
    )
  }
  if (account.currencyCode !== currency || account.timeZone !== timezone) {
    log(
      `The account counts in ${account.currencyCode} and ${account.timeZone}, the project in ${currency} and ${timezone}. Days stay those of the account.`
    )
  }
}
