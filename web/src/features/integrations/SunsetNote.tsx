import { IconClockExclamation } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Source } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import classes from './Catalogue.module.css'

interface SunsetNoteProps {
  api: NonNullable<Source['vendor_api']>
}

/** Which version of the vendor's interface is used, and when that ends, if it is soon. */
export function SunsetNote({ api }: SunsetNoteProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { level, sunset } = api
  if (level === 'none' || sunset === null) {
    return <p className={classes.version}>{t('catalogue.version', { version: api.version })}</p>
  }
  return (
    <p className={classes.sunset} data-level={level} role="note">
      <IconClockExclamation size={15} stroke={1.8} aria-hidden />
      {t(level === 'past' ? 'catalogue.sunset_past' : 'catalogue.sunset', {
        version: api.version,
        day: format.day(sunset),
      })}
    </p>
  )
}
