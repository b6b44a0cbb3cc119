import { Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Integration } from '../../api/types.ts'
import { TONES } from './status.ts'
import classes from './StatusPill.module.css'

/** How an integration is, in plain words. */
export function StatusPill({ status }: { status: Integration['status'] }) {
  const { t } = useTranslation()
  return (
    <span className={classes.pill} data-tone={TONES[status]}>
      {status === 'syncing' ? <Loader size={11} aria-hidden /> : <i aria-hidden />}
      {t(`integration_status.${status}`)}
    </span>
  )
}
