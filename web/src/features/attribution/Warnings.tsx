import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AttributionReport } from '../../api/types.ts'
import { Note } from '../../components/Note.tsx'
import { useFormat } from '../../i18n/format.ts'

/** What the figures are too thin for, above them. */
export function Warnings({ answer: { meta } }: { answer: AttributionReport }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [first] = meta.warnings
  if (!first) return null
  const models = meta.warnings.map(({ model }) => t(`model.${model}`))
  return (
    <Note tone="warn" icon={IconAlertTriangle} title={t('attribution.thin_title')}>
      {t('attribution.thin_text', { count: first.paths, models: format.list(models) })}
    </Note>
  )
}
