import { IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Note } from '../../components/Note.tsx'

/** An integration outlives its source: its data stay, and nothing new comes in. */
export function MissingSourceNote({ type }: { type: string }) {
  const { t } = useTranslation()
  return (
    <Note icon={IconPlugConnectedX} title={t('integrations.not_installed', { type })} tone="warn">
      {t('integrations.not_installed_text')}
    </Note>
  )
}
