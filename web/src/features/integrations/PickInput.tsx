import { Loader, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../i18n/problem_text.ts'
import { textOf } from './input_values.ts'
import { labelsOf, type ConfigInputProps } from './input_labels.ts'
import { groupsOf } from './option_groups.ts'
import { useOptions } from './use_connection.ts'

interface PickInputProps extends ConfigInputProps {
  integrationId: string
}

const PAUSE_MS = 300

/** A value from a list of the vendor, such as an account; typed in where the vendor does not answer. */
export default function PickInput({ integrationId, ...props }: PickInputProps) {
  const { field, value, error, onChange } = props
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, PAUSE_MS)
  const options = useOptions(integrationId, field.name, search)
  const labels = labelsOf(props)
  if (options.isError && !options.data) {
    return (
      <TextInput
        {...labels}
        error={error ?? `${t('pick.failed')} ${problemText(t, options.error).title}`}
        value={textOf(value)}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    )
  }
  const chosen = textOf(value)
  return (
    <Select
      {...labels}
      searchable
      clearable={!field.isRequired}
      placeholder={t('pick.placeholder')}
      nothingFoundMessage={t(options.isFetching ? 'pick.searching' : 'pick.none')}
      data={groupsOf(options.data ?? [], chosen)}
      // The vendor searches by more than what is shown.
      filter={({ options: all }) => all}
      value={chosen === '' ? null : chosen}
      rightSection={options.isFetching ? <Loader size={14} /> : undefined}
      onSearchChange={setTyped}
      onChange={(next) => onChange(next ?? undefined)}
    />
  )
}
