import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import type { Range } from './dates.ts'
import { publishedAt } from './freshness.ts'

interface ReportSubtitleProps {
  range: Range
  freshness: readonly { published_at: string | null }[] | undefined
}

/** What all figures of a page stand on: dates, currency, time zone, freshness. */
export function ReportSubtitle({ range, freshness }: ReportSubtitleProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { currency, timezone } = useProject()
  const fresh = publishedAt(freshness)
  const parts = [format.range(range.from, range.to), currency, timezone.replaceAll('_', ' ')]
  if (fresh !== null) parts.push(t('dashboard.updated', { ago: format.ago(fresh) }))
  return parts.join(' · ')
}
