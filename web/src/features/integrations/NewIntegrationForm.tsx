import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Source } from '../../api/types.ts'
import { FormError } from '../../components/FormError.tsx'
import { useProject } from '../projects/project_context.ts'
import { ConsentSetup } from './ConsentSetup.tsx'
import { splitValues } from './config_form.ts'
import { IntegrationFields } from './IntegrationFields.tsx'
import { toSchedule } from './schedule_presets.ts'
import { SunsetNote } from './SunsetNote.tsx'
import { messagesIn, useConfigDraft } from './use_config_draft.ts'
import { useConnect } from './use_connect.ts'
import classes from './Form.module.css'

/** What a source needs to be connected; what only its vendor can list is picked afterwards. */
export default function NewIntegrationForm({ source }: { source: Source }) {
  const { t } = useTranslation()
  const { id } = useProject()
  const draft = useConfigDraft(source)
  const connect = useConnect(source)
  const { vendor_api: api } = source
  const save = () => {
    draft.tryToSave()
    if (!draft.isComplete) return
    connect.start({
      type: source.id,
      name: draft.name.trim(),
      ...splitValues(draft.fields, draft.values),
      schedule: toSchedule(draft.schedule),
    })
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      {api && api.level !== 'none' && <SunsetNote api={api} />}
      <ConsentSetup source={source} />
      <IntegrationFields
        draft={draft}
        fields={draft.fields.filter(({ pick }) => pick === null)}
        messages={messagesIn(connect.error)}
        hasCredentials={false}
        disabled={false}
      />
      <FormError error={connect.error} />
      <div className={classes.actions}>
        <Button component={Link} to={`/p/${id}/integrations/new`} variant="default">
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={connect.isBusy}>
          {t('integration_form.connect')}
        </Button>
      </div>
    </form>
  )
}
