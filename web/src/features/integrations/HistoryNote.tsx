import { IconHistoryOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Note } from '../../components/Note.tsx'
import { useFormat } from '../../i18n/format.ts'

/** The vendor hides older rows from this connection. */
export function HistoryNote({ from }: { from: string }) {
  const { t } = useTranslation()
  const day = useFormat().day(from.slice(0, 10))
  return (
    <Note icon={IconHistoryOff} title={t('integrations.history_cut', { day })} tone="warn">
      {t('integrations.history_cut_text')}
    </Note>
  )
}
