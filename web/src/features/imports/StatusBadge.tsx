import { Loader } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconClock, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Import } from '../../api/types.ts'
import classes from './StatusBadge.module.css'

const GLYPHS = { queued: IconClock, done: IconCheck, failed: IconX, rejected: IconAlertTriangle }

/** Done with rejected rows is worth a second look, so it does not look like plain success. */
export function StatusBadge({ item }: { item: Import }) {
  const { t } = useTranslation()
  const tone = item.status === 'done' && item.rows_rejected > 0 ? 'rejected' : item.status
  const Glyph = tone === 'running' ? null : GLYPHS[tone]
  return (
    <span className={classes.badge} data-tone={tone}>
      {Glyph ? <Glyph size={13} stroke={2.2} aria-hidden /> : <Loader size={12} aria-hidden />}
      {tone === 'rejected'
        ? t('imports.done_with_rejected', { count: item.rows_rejected })
        : t(`import_status.${tone}`)}
    </span>
  )
}
