import { Button, Skeleton } from '@mantine/core'
import { IconDownload, IconEraser } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { download } from '../../api/download.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Panel } from '../../components/Panel.tsx'
import { toast } from '../../components/toast.ts'
import { useFormat } from '../../i18n/format.ts'
import { problemText } from '../../i18n/problem_text.ts'
import { useNodeType } from '../people/node_type.ts'
import { newestFirst, type PrivacyRequest } from './requests.ts'
import { useErasures, useExports } from './use_privacy.ts'
import classes from './Privacy.module.css'

/** Exports and erasures that were asked for, with how far they are. */
export function RequestsPanel() {
  const { t } = useTranslation()
  const exports = useExports()
  const erasures = useErasures()
  const failed = [exports, erasures].find(({ isError }) => isError)
  const requests = exports.data && erasures.data && newestFirst(exports.data, erasures.data)
  return (
    <Panel title={t('privacy.requests')} subtitle={t('privacy.requests_text')}>
      {!requests && !failed && <Skeleton height={60} />}
      {!requests && failed && <ErrorState error={failed.error} onRetry={failed.refetch} />}
      {requests && <RequestList requests={requests} />}
    </Panel>
  )
}

function RequestList({ requests }: { requests: readonly PrivacyRequest[] }) {
  const { t } = useTranslation()
  if (requests.length === 0) return <p className={classes.text}>{t('privacy.no_requests')}</p>
  return (
    <ul className={classes.requests}>
      {requests.map((request) => (
        <RequestRow key={`${request.kind} ${request.id}`} request={request} />
      ))}
    </ul>
  )
}

function RequestRow({ request }: { request: PrivacyRequest }) {
  const { t } = useTranslation()
  const format = useFormat()
  const typeOf = useNodeType()
  const Glyph = request.kind === 'export' ? IconDownload : IconEraser
  return (
    <li className={classes.request}>
      <Glyph size={17} stroke={1.7} aria-hidden />
      <span className={classes.what}>
        <b>{t(`privacy_kind.${request.kind}`, { type: typeOf(request.alias_type) })}</b>
        <span>
          {format.moment(request.created_at)} · <Status request={request} />
        </span>
      </span>
      {request.kind === 'export' && request.file_url !== null && (
        <FileButton id={request.id} url={request.file_url} />
      )}
    </li>
  )
}

function Status({ request }: { request: PrivacyRequest }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (request.kind === 'export') {
    if (request.status !== 'done') return t(`privacy_status.${request.status}`)
    if (request.file_url === null || request.expires_at === null) return t('privacy.expired')
    return [
      t('privacy.fetch_until', { day: format.day(request.expires_at.slice(0, 10)) }),
      request.file_size === null ? '' : format.bytes(request.file_size),
    ]
      .filter(Boolean)
      .join(' · ')
  }
  // Reports know nobody long before the last file is rewritten.
  const isOut = request.step === 'published' || request.step === 'rewritten'
  return t(
    request.status === 'running' && isOut
      ? 'privacy.out_of_reports'
      : `privacy_status.${request.status}`
  )
}

function FileButton({ id, url }: { id: string; url: string }) {
  const { t } = useTranslation()
  const save = useMutation({
    mutationFn: () => download(url, `person-${id}.json`),
    onError: (error) => toast(problemText(t, error).title, false),
  })
  return (
    <Button
      variant="default"
      size="compact-sm"
      loading={save.isPending}
      onClick={() => save.mutate()}
    >
      {t('privacy.download')}
    </Button>
  )
}
