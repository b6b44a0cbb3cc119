import {
  NativeSelect,
  NumberInput,
  PasswordInput,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldKind } from './config_form.ts'
import { labelsOf, type ConfigInputProps } from './input_labels.ts'
import { choicesOf, linesOf, numberOf, textOf } from './input_values.ts'

function SwitchInput(props: ConfigInputProps) {
  const { field, value, onChange } = props
  const { label, description, error, disabled } = labelsOf(props)
  return (
    <Switch
      label={label}
      description={description}
      error={error}
      disabled={disabled}
      checked={value === undefined ? field.standard === true : value === true}
      onChange={({ currentTarget: { checked } }) => onChange(checked)}
    />
  )
}

function FigureInput(props: ConfigInputProps) {
  const { field, value, onChange } = props
  return (
    <NumberInput
      {...labelsOf(props)}
      {...(field.min !== undefined && { min: field.min })}
      {...(field.max !== undefined && { max: field.max })}
      clampBehavior="none"
      allowDecimal={!field.isInteger}
      placeholder={textOf(field.standard)}
      value={textOf(value)}
      onChange={(next) => onChange(numberOf(next))}
    />
  )
}

function ChoiceInput(props: ConfigInputProps) {
  const { field, value, onChange } = props
  return (
    <NativeSelect
      {...labelsOf(props)}
      data={choicesOf(field)}
      value={textOf(value ?? field.standard)}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
    />
  )
}

function ListInput(props: ConfigInputProps) {
  const { value, onChange } = props
  const { t } = useTranslation()
  return (
    <Textarea
      {...labelsOf(props)}
      rows={3}
      placeholder={t('integration_form.one_a_line')}
      value={Array.isArray(value) ? value.join('\n') : ''}
      onChange={({ currentTarget }) => onChange(linesOf(currentTarget.value))}
    />
  )
}

function SecretInput(props: ConfigInputProps) {
  const { value, isStored, onChange } = props
  const { t } = useTranslation()
  return (
    <PasswordInput
      {...labelsOf(props)}
      autoComplete="new-password"
      placeholder={isStored ? t('integration_form.stored') : ''}
      value={textOf(value)}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}

function PlainInput(props: ConfigInputProps) {
  const { field, value, onChange } = props
  return (
    <TextInput
      {...labelsOf(props)}
      autoComplete="off"
      placeholder={textOf(field.standard)}
      value={textOf(value)}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}

const INPUTS: Record<FieldKind, (props: ConfigInputProps) => ReactNode> = {
  switch: SwitchInput,
  number: FigureInput,
  choice: ChoiceInput,
  list: ListInput,
  secret: SecretInput,
  text: PlainInput,
  pick: PlainInput,
}

/** One field, by what it holds. */
export function ConfigInput(props: ConfigInputProps) {
  const Input = INPUTS[props.field.kind]
  return <Input {...props} />
}
