import { IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Check } from '../../api/types.ts'
import { Note } from '../../components/Note.tsx'
import { useFormat } from '../../i18n/format.ts'
import { TroubleNote } from './TroubleNote.tsx'
import classes from './Integrations.module.css'

/** What a check found: that it works, or which of the causes is in the way. */
export function CheckResult({ check }: { check: Check }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (check.error === null) {
    return (
      <div role="status">
        <Note icon={IconCircleCheck}>{t('check.ok')}</Note>
      </div>
    )
  }
  const { scopes, retry_at: retryAt } = check.error
  return (
    <TroubleNote error={check.error}>
      {scopes && scopes.length > 0 && (
        <p className={classes.detail}>{t('check.scopes', { scopes: format.list(scopes) })}</p>
      )}
      {retryAt !== undefined && (
        <p className={classes.detail}>{t('check.retry', { when: format.moment(retryAt) })}</p>
      )}
    </TroubleNote>
  )
}
