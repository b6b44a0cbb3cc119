import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AttributionAnswer } from '../../api/analysis_types.ts'
import { Note } from '../../components/Note.tsx'

/** What the figures are too thin for, above them. */
export function Warnings({ answer }: { answer: AttributionAnswer }) {
  const { t } = useTranslation()
  const { warnings } = answer.meta
  if (warnings.length === 0) return null
  return (
    <Note tone="warn" icon={IconAlertTriangle} title={t('attribution.thin_title')}>
      {warnings.map(({ message }) => message).join(' ')}
    </Note>
  )
}
