import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Integration, Source } from '../../api/types.ts'
import { FormError } from '../../components/FormError.tsx'
import { ConfigFields } from './ConfigFields.tsx'
import { faultsIn, fieldsOf, splitValues, type Values } from './config_form.ts'
import { messagesIn } from './use_config_draft.ts'
import { useUpdateIntegration } from './use_integrations.ts'
import classes from './Connection.module.css'

interface PickStepProps {
  integration: Integration
  source: Source
}

/** What only a connection can list: the account that is to be read. */
export default function PickStep({ integration, source }: PickStepProps) {
  const { t } = useTranslation()
  const fields = fieldsOf(source.config).filter(({ pick }) => pick !== null)
  const [values, setValues] = useState<Values>(integration.settings)
  const [tried, setTried] = useState(false)
  const update = useUpdateIntegration(integration.id)
  const faults = faultsIn(fields, { values })
  const save = () => {
    setTried(true)
    if (Object.keys(faults).length > 0) return
    update.mutate({ settings: splitValues(fields, values).settings })
  }
  return (
    <form
      noValidate
      className={classes.step}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <p>{t('pick.text')}</p>
      <ConfigFields
        fields={fields}
        values={values}
        faults={tried ? faults : {}}
        messages={messagesIn(update.error)}
        hasCredentials
        pickFrom={integration.id}
        onChange={(name, value) => setValues((before) => ({ ...before, [name]: value }))}
      />
      <FormError error={update.error} />
      <Button type="submit" loading={update.isPending}>
        {t('pick.go')}
      </Button>
    </form>
  )
}
