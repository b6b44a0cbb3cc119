import { Button } from '@mantine/core'
import { IconPlayerPlay, IconRefresh } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Integration } from '../../api/types.ts'
import { toast } from '../../components/toast.ts'
import { problemText } from '../../i18n/problem_text.ts'
import { canStart } from './readiness.ts'
import { MoreActions } from './MoreActions.tsx'
import { useOpenRun, useUpdateIntegration } from './use_integrations.ts'
import { useStartRun } from './use_runs.ts'

const RereadDialog = lazy(() => import('./RereadDialog.tsx'))
const RemoveDialog = lazy(() => import('./RemoveDialog.tsx'))

/** What can be done with an integration. */
export function IntegrationActions({ integration }: { integration: Integration }) {
  const [dialog, setDialog] = useState<'reread' | 'remove' | null>(null)
  const close = () => setDialog(null)
  return (
    <>
      {integration.status === 'paused' ? (
        <ResumeButton integration={integration} />
      ) : (
        <LoadButton integration={integration} />
      )}
      <MoreActions integration={integration} onAsk={setDialog} />
      <Suspense>
        {dialog === 'reread' && <RereadDialog integration={integration} onClose={close} />}
        {dialog === 'remove' && <RemoveDialog integration={integration} onClose={close} />}
      </Suspense>
    </>
  )
}

function ResumeButton({ integration }: { integration: Integration }) {
  const { t } = useTranslation()
  const update = useUpdateIntegration(integration.id)
  return (
    <Button
      leftSection={<IconPlayerPlay size={16} aria-hidden />}
      loading={update.isPending}
      onClick={() =>
        update.mutate(
          { status: 'active' },
          { onError: (error) => toast(problemText(t, error).title, false) }
        )
      }
    >
      {t('integrations.resume')}
    </Button>
  )
}

function LoadButton({ integration }: { integration: Integration }) {
  const { t } = useTranslation()
  const start = useStartRun(integration.id)
  const open = useOpenRun(integration.id)
  return (
    <Button
      variant={integration.last_synced_at === null ? 'filled' : 'default'}
      leftSection={<IconRefresh size={16} aria-hidden />}
      loading={start.isPending}
      disabled={!canStart(integration) || open !== undefined}
      onClick={() =>
        start.mutate({}, { onError: (error) => toast(problemText(t, error).title, false) })
      }
    >
      {t('integrations.load_now')}
    </Button>
  )
}
