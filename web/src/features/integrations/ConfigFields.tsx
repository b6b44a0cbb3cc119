import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Fault, FormField, Values } from './config_form.ts'
import { ConfigInput } from './ConfigInput.tsx'
import type { ConfigInputProps } from './input_labels.ts'
import classes from './Form.module.css'

const PickInput = lazy(() => import('./PickInput.tsx'))

interface ConfigFieldsProps {
  fields: readonly FormField[]
  values: Values
  faults: Readonly<Record<string, Fault>>
  /** What the server says of a field. */
  messages: Readonly<Record<string, string>>
  /** Secrets that are stored are not shown and need not be entered again. */
  hasCredentials: boolean
  disabled?: boolean
  /** The connected integration whose vendor lists what can be picked. */
  pickFrom?: string | undefined
  onChange: (name: string, value: unknown) => void
}

/** The form that a source declares. */
export function ConfigFields({ fields, faults, messages, ...rest }: ConfigFieldsProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.fields}>
      {fields.map((field) => {
        const fault = faults[field.name]
        return (
          <Field
            key={field.name}
            pickFrom={rest.pickFrom}
            field={field}
            value={rest.values[field.name]}
            error={messages[field.name] ?? (fault && t(`config_fault.${fault}`)) ?? null}
            isStored={field.isSecret && rest.hasCredentials}
            disabled={rest.disabled ?? false}
            onChange={(value) => rest.onChange(field.name, value)}
          />
        )
      })}
    </div>
  )
}

interface FieldProps extends ConfigInputProps {
  pickFrom: string | undefined
}

function Field({ pickFrom, ...props }: FieldProps) {
  if (props.field.pick === null || pickFrom === undefined) return <ConfigInput {...props} />
  return (
    <Suspense fallback={<ConfigInput {...props} disabled />}>
      <PickInput {...props} integrationId={pickFrom} />
    </Suspense>
  )
}
