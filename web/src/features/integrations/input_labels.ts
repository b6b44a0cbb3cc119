import type { FormField } from './config_form.ts'

export interface ConfigInputProps {
  field: FormField
  value: unknown
  error: string | null
  /** A secret that is stored, which is not shown. */
  isStored: boolean
  disabled: boolean
  onChange: (value: unknown) => void
}

/** What every kind of input says alike. */
export const labelsOf = ({ field, error, isStored, disabled }: ConfigInputProps) => ({
  label: field.label,
  description: field.help,
  error,
  disabled,
  withAsterisk: field.isRequired && !isStored,
})
