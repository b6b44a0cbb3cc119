import { Button } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Integration, Source } from '../../api/types.ts'
import { FormError } from '../../components/FormError.tsx'
import { Note } from '../../components/Note.tsx'
import { Panel } from '../../components/Panel.tsx'
import { toast } from '../../components/toast.ts'
import { useCanEdit } from '../projects/project_context.ts'
import { changesOf, needsSecretsAgain } from './config_form.ts'
import { IntegrationFields } from './IntegrationFields.tsx'
import { stepOf } from './readiness.ts'
import { toSchedule } from './schedule_presets.ts'
import { messagesIn, useConfigDraft } from './use_config_draft.ts'
import { useUpdateIntegration } from './use_integrations.ts'
import classes from './Form.module.css'

interface SettingsPanelProps {
  integration: Integration
  source: Source
}

const connectedId = (integration: Integration) =>
  stepOf(integration) === 'consent' ? undefined : integration.id

/** How an integration is set; secrets are never shown, and stay unless entered anew. */
export default function SettingsPanel({ integration, source }: SettingsPanelProps) {
  const { t } = useTranslation()
  const canEdit = useCanEdit()
  const draft = useConfigDraft(source, integration)
  const update = useUpdateIntegration(integration.id)
  const save = () => {
    draft.tryToSave()
    if (!draft.isComplete) return
    const { settings, credentials } = changesOf(draft.fields, draft.values, integration.settings)
    update.mutate(
      {
        name: draft.name.trim(),
        schedule: toSchedule(draft.schedule),
        ...(Object.keys(settings).length > 0 && { settings }),
        ...(Object.keys(credentials).length > 0 && { credentials }),
      },
      { onSuccess: () => toast(t('settings.saved')) }
    )
  }
  return (
    <Panel title={t('integration_form.settings')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        {needsSecretsAgain(draft.fields, draft.values, integration.settings) && (
          <Note icon={IconKey}>{t('integration_form.host_changed')}</Note>
        )}
        <IntegrationFields
          draft={draft}
          fields={draft.fields}
          pickFrom={canEdit ? connectedId(integration) : undefined}
          messages={messagesIn(update.error)}
          hasCredentials={integration.has_credentials}
          disabled={!canEdit}
        />
        <FormError error={update.error} />
        {canEdit && <SaveButton isBusy={update.isPending} />}
      </form>
    </Panel>
  )
}

function SaveButton({ isBusy }: { isBusy: boolean }) {
  const { t } = useTranslation()
  return (
    <div className={classes.actions}>
      <Button type="submit" loading={isBusy}>
        {t('settings.save')}
      </Button>
    </div>
  )
}
