import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Run } from '../../api/types.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import { dataText } from './log_lines.ts'
import { isOpen } from './run_state.ts'
import { useRunLog } from './use_run_log.ts'
import classes from './RunLog.module.css'

/** What a run says of itself, line by line. */
export default function RunLog({ run }: { run: Run }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { timezone } = useProject()
  const { data: lines, isError, error, refetch, isLoading } = useRunLog(run)
  if (isError) return <ErrorState error={error} onRetry={refetch} />
  if (isLoading) return <Skeleton height={80} />
  if (lines === undefined || lines.length === 0) {
    return <p className={classes.none}>{t(isOpen(run) ? 'run_log.waiting' : 'run_log.none')}</p>
  }
  return (
    <ol className={classes.log} aria-label={t('run_log.title')} tabIndex={0}>
      {lines.map(({ id, at, level, message, data }) => (
        <li key={id} data-level={level}>
          <time dateTime={at} title={format.moment(at)}>
            {format.timeAt(at, timezone)}
          </time>
          <span>
            {level !== 'info' && <b>{t(`run_log_level.${level}`)}: </b>}
            {message}
            {data !== null && <small>{dataText(data)}</small>}
          </span>
        </li>
      ))}
    </ol>
  )
}
