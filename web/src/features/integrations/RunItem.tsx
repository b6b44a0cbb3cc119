import { Button, Loader, Progress } from '@mantine/core'
import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconChevronDown,
  IconClock,
  IconX,
} from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Run } from '../../api/types.ts'
import { toast } from '../../components/toast.ts'
import { useFormat } from '../../i18n/format.ts'
import { problemText } from '../../i18n/problem_text.ts'
import { useCanEdit } from '../projects/project_context.ts'
import { isOpen, rowsLoaded, rowsRejected, secondsOf, shareDone } from './run_state.ts'
import { RunStreams } from './RunStreams.tsx'
import { TroubleNote } from './TroubleNote.tsx'
import { useTroubleText } from './trouble_text.ts'
import { useCancelRun } from './use_runs.ts'
import classes from './Runs.module.css'

const RunLog = lazy(() => import('./RunLog.tsx'))

const GLYPHS = {
  queued: IconClock,
  done: IconCheck,
  failed: IconX,
  canceled: IconBan,
  stalled: IconAlertTriangle,
}

export function RunItem({ run }: { run: Run }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const shown = opened || isOpen(run)
  return (
    <li className={classes.run} data-status={run.status}>
      <div className={classes.head}>
        <Sign run={run} />
        <What run={run} />
        {isOpen(run) ? (
          <CancelButton run={run} />
        ) : (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            aria-expanded={opened}
            rightSection={
              <IconChevronDown
                size={14}
                className={classes.chevron}
                data-open={opened}
                aria-hidden
              />
            }
            onClick={() => setOpened(!opened)}
          >
            {t('runs.details')}
          </Button>
        )}
      </div>
      {run.status === 'running' && <Bar run={run} />}
      {shown && run.error && <TroubleNote error={run.error} />}
      {shown && <RunStreams run={run} />}
      <Suspense>{shown && <RunLog run={run} />}</Suspense>
    </li>
  )
}

function Sign({ run }: { run: Run }) {
  if (run.status === 'running')
    return <Loader size={16} className={classes.sign ?? ''} aria-hidden />
  const Glyph = GLYPHS[run.status]
  return <Glyph size={17} stroke={2} className={classes.sign} aria-hidden />
}

function What({ run }: { run: Run }) {
  const { t } = useTranslation()
  const format = useFormat()
  const troubleText = useTroubleText()
  const seconds = secondsOf(run)
  const rejected = rowsRejected(run)
  const tookText = (took: number) =>
    took < 60
      ? t('runs.seconds', { shown: format.count(Math.ceil(took)) })
      : format.duration(took / 86_400)
  const facts = [
    t('runs.rows', { count: rowsLoaded(run), shown: format.count(rowsLoaded(run)) }),
    rejected > 0 && t('runs.rejected', { count: rejected, shown: format.count(rejected) }),
    seconds !== null && tookText(seconds),
    t(`run_trigger.${run.trigger}`),
  ]
  return (
    <span className={classes.what}>
      <b>
        {t(`run_status.${run.cancel_requested && isOpen(run) ? 'canceling' : run.status}`)}
        <time dateTime={run.created_at} title={format.moment(run.created_at)}>
          {format.ago(run.created_at)}
        </time>
      </b>
      <span>{facts.filter(Boolean).join(' · ')}</span>
      {run.error && <span className={classes.error}>{troubleText(run.error).title}</span>}
      {run.retry_at !== null && (
        <span>{t('runs.again', { when: format.moment(run.retry_at), attempt: run.attempt })}</span>
      )}
    </span>
  )
}

function Bar({ run }: { run: Run }) {
  const { t } = useTranslation()
  const format = useFormat()
  const share = shareDone(run)
  return (
    <div className={classes.bar} role="status">
      <Progress
        value={share === null ? 100 : share * 100}
        animated
        striped={share === null}
        flex={1}
        aria-label={t('runs.progress')}
      />
      {share !== null && <span>{format.percent(share, 0)}</span>}
    </div>
  )
}

function CancelButton({ run }: { run: Run }) {
  const { t } = useTranslation()
  const canEdit = useCanEdit()
  const cancel = useCancelRun(run.integration_id)
  if (!canEdit) return null
  return (
    <Button
      variant="default"
      size="compact-sm"
      disabled={run.cancel_requested}
      loading={cancel.isPending}
      onClick={() =>
        cancel.mutate(run.id, { onError: (error) => toast(problemText(t, error).title, false) })
      }
    >
      {t('common.cancel')}
    </Button>
  )
}
