import { Button } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Integration, Source } from '../../api/types.ts'
import { FormError } from '../../components/FormError.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useCanEdit } from '../projects/project_context.ts'
import { CheckResult } from './CheckResult.tsx'
import { ConsentStep } from './ConsentStep.tsx'
import { goesByConsent, stepOf } from './readiness.ts'
import { TroubleNote } from './TroubleNote.tsx'
import { useCheck } from './use_connection.ts'
import classes from './Connection.module.css'

const PickStep = lazy(() => import('./PickStep.tsx'))

interface ConnectionPanelProps {
  integration: Integration
  source: Source
}

/** Whether the connection works, and what is to be done so that it does. */
export function ConnectionPanel({ integration, source }: ConnectionPanelProps) {
  const { t } = useTranslation()
  const canEdit = useCanEdit()
  const check = useCheck(integration.id)
  const found = check.data
  const isKnown = found === undefined || found.error === null
  return (
    <Panel
      title={t('connection.title')}
      subtitle={t('connection.text')}
      actions={
        canEdit && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlugConnected size={15} aria-hidden />}
            loading={check.isPending}
            onClick={() => check.mutate()}
          >
            {t('check.go')}
          </Button>
        )
      }
    >
      <div className={classes.parts}>
        {integration.error && isKnown && <TroubleNote error={integration.error} />}
        {found && <CheckResult check={found} />}
        <FormError error={check.error} />
        {canEdit ? (
          <NextStep integration={integration} source={source} />
        ) : (
          <p>{t('connection.viewer')}</p>
        )}
      </div>
    </Panel>
  )
}

function NextStep({ integration, source }: ConnectionPanelProps) {
  const { t } = useTranslation()
  const step = stepOf(integration)
  const isRefused = integration.status === 'needs_reauth' && goesByConsent(integration, source)
  if (step === 'consent' || isRefused) {
    return <ConsentStep integration={integration} source={source} />
  }
  if (step === 'pick') {
    return (
      <Suspense>
        <PickStep integration={integration} source={source} />
      </Suspense>
    )
  }
  return <p className={classes.ready}>{t('connection.ready')}</p>
}
