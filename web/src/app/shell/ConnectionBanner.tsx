import { IconCloudOff, IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useConnectivity } from '../../api/connectivity.ts'
import classes from './ConnectionBanner.module.css'

/** One voice for all requests that cannot get through; it goes away by itself. */
export function ConnectionBanner() {
  const { t } = useTranslation()
  const state = useConnectivity()
  if (state === 'online') return null
  const Glyph = state === 'offline' ? IconPlugConnectedX : IconCloudOff
  return (
    <div className={classes.banner} role="status">
      <Glyph size={16} stroke={1.8} aria-hidden />
      {t(state === 'offline' ? 'shell.offline' : 'shell.unavailable')}
    </div>
  )
}
