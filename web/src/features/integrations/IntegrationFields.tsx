import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ConfigFields } from './ConfigFields.tsx'
import type { FormField } from './config_form.ts'
import { ScheduleFields } from './ScheduleFields.tsx'
import type { ConfigDraft } from './use_config_draft.ts'
import classes from './Form.module.css'

interface IntegrationFieldsProps {
  draft: ConfigDraft
  fields: readonly FormField[]
  /** What the server says of single fields. */
  messages: Readonly<Record<string, string>>
  hasCredentials: boolean
  disabled: boolean
  /** The connected integration whose vendor lists what can be picked. */
  pickFrom?: string | undefined
}

/** Name, settings and schedule of an integration. */
export function IntegrationFields(props: IntegrationFieldsProps) {
  const { draft, fields, messages, hasCredentials, disabled } = props
  const { t } = useTranslation()
  return (
    <>
      <div className={classes.fields}>
        <TextInput
          label={t('integration_form.name')}
          description={t('integration_form.name_hint')}
          value={draft.name}
          disabled={disabled}
          error={messages.name ?? null}
          onChange={({ currentTarget }) => draft.setName(currentTarget.value)}
        />
        <ConfigFields
          fields={fields}
          values={draft.values}
          faults={draft.faults}
          messages={messages}
          hasCredentials={hasCredentials}
          disabled={disabled}
          pickFrom={props.pickFrom}
          onChange={draft.setValue}
        />
      </div>
      <h3 className={classes.section}>{t('schedule.title')}</h3>
      <ScheduleFields
        draft={draft.schedule}
        error={messages.schedule ?? null}
        disabled={disabled}
        onChange={draft.setSchedule}
      />
    </>
  )
}
