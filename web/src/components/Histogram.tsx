import { useFormat } from '../i18n/format.ts'
import classes from './Histogram.module.css'

interface HistogramProps {
  rows: readonly { label: string; count: number }[]
}

/** How many there are of each; a table to those who cannot see the bars. */
export function Histogram({ rows }: HistogramProps) {
  const format = useFormat()
  const most = Math.max(1, ...rows.map(({ count }) => count))
  const all = rows.reduce((sum, { count }) => sum + count, 0)
  return (
    <table className={classes.table}>
      <tbody>
        {rows.map(({ label, count }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td className={classes.bar} aria-hidden>
              <span style={{ width: `${(count / most) * 100}%` }} />
            </td>
            <td className={classes.count}>{format.count(count)}</td>
            <td className={classes.share}>{all > 0 ? format.percent(count / all) : '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
