import { IconHistoryOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { KpiAnswer } from '../../api/types.ts'
import { Note } from '../../components/Note.tsx'
import { useFormat } from '../../i18n/format.ts'

/** Who is new cannot be told where a source hides what was bought before. */
export function HistoryNote({ answer }: { answer: KpiAnswer | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const from = answer?.meta.coverage.history_from
  if (!from || Object.keys(answer.meta.unreliable).length === 0) return null
  return (
    <Note icon={IconHistoryOff} tone="warn">
      {t('dashboard.history_cut', { day: format.day(from.slice(0, 10)) })}
    </Note>
  )
}
