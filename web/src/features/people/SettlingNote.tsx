import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Note } from '../../components/Note.tsx'
import { useIdentitySettings } from './identity_settings.ts'

/** Said while who is who is computed anew. */
export function SettlingNote() {
  const { t } = useTranslation()
  const { data } = useIdentitySettings()
  if (!data || (data.is_settled && data.splits_settled)) return null
  return (
    <div role="status">
      <Note icon={IconRefresh}>{t('identity.settling')}</Note>
    </div>
  )
}
