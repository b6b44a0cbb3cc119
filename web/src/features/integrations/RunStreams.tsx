import { useTranslation } from 'react-i18next'
import type { Run } from '../../api/types.ts'
import table from '../../components/DataTable.module.css'
import { cx } from '../../components/cx.ts'
import { useFormat } from '../../i18n/format.ts'
import classes from './Runs.module.css'

/** How far each stream of a run is. */
export function RunStreams({ run }: { run: Run }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (run.streams.length === 0) return null
  return (
    <div className={classes.scroll}>
      <table className={cx(table.table, classes.streams)}>
        <thead>
          <tr>
            <th scope="col" className={cx(table.key, classes.key)}>
              {t('runs.stream')}
            </th>
            <th scope="col" className={classes.read}>
              {t('runs.read')}
            </th>
            <th scope="col">{t('runs.loaded')}</th>
            <th scope="col">{t('runs.rejected_column')}</th>
            <th scope="col">{t('runs.windows')}</th>
          </tr>
        </thead>
        <tbody>
          {run.streams.map((stream) => (
            <tr key={stream.stream}>
              <th scope="row" className={cx(table.key, classes.key)}>
                {stream.title}
                <small>{t(`stream_status.${stream.status}`)}</small>
              </th>
              <td className={classes.read}>
                {format.count(stream.rows_read)}
                {stream.rows_total !== null && <small> / {format.count(stream.rows_total)}</small>}
              </td>
              <td>{format.count(stream.rows_loaded)}</td>
              <td>{format.count(stream.rows_rejected)}</td>
              <td>
                {stream.windows_total > 0
                  ? `${format.count(stream.windows_done)} / ${format.count(stream.windows_total)}`
                  : '—'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
