import { CloseButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Note } from '../../components/Note.tsx'
import { CONNECTED_PARAMETER, connectedIn } from './connected.ts'
import classes from './Connection.module.css'

/** What came of the consent from which the browser has just been led back. */
export function ConnectedNote() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const connected = connectedIn(search)
  if (connected === null) return null
  const isOk = connected === 'ok'
  const forget = () =>
    setSearch(
      (before) => {
        before.delete(CONNECTED_PARAMETER)
        return before
      },
      { replace: true }
    )
  return (
    <div role={isOk ? 'status' : 'alert'} className={classes.connected}>
      <Note
        icon={isOk ? IconCircleCheck : IconAlertTriangle}
        title={t(`connected.${connected}`)}
        tone={isOk ? 'neutral' : 'warn'}
      >
        {t(`connected_advice.${connected}`)}
      </Note>
      <CloseButton aria-label={t('common.close')} onClick={forget} />
    </div>
  )
}
