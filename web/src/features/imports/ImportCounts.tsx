import { useTranslation } from 'react-i18next'
import type { Import } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import classes from './ImportCounts.module.css'

const COUNTS = ['read', 'loaded', 'skipped', 'rejected'] as const

/** read = loaded + skipped + rejected, shown as the equation it is. */
export function ImportCounts({ item, bar = true }: { item: Import; bar?: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const values = {
    read: item.rows_read,
    loaded: item.rows_loaded,
    skipped: item.rows_skipped,
    rejected: item.rows_rejected,
  }
  return (
    <>
      <dl className={classes.counts}>
        {COUNTS.map((key) => (
          <div key={key} data-key={key} data-zero={values[key] === 0}>
            <dt>{t(`imports.rows.${key}`)}</dt>
            <dd className="num">{format.count(values[key])}</dd>
          </div>
        ))}
      </dl>
      {bar && (
        <div className={classes.bar} aria-hidden>
          {COUNTS.slice(1).map((key) => (
            <span key={key} data-key={key} style={{ flexGrow: values[key] }} />
          ))}
        </div>
      )}
    </>
  )
}
