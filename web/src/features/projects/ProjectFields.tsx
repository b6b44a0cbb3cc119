import { Select, SimpleGrid, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import {
  currencyChoices,
  timezoneChoices,
  weekdayChoices,
  type WeekStart,
} from './locale_choices.ts'

export interface ProjectForm {
  name: string
  currency: string
  timezone: string
  week_start: WeekStart
}

interface ProjectFieldsProps {
  form: UseFormReturnType<ProjectForm>
  autoFocus?: boolean
  disabled?: boolean
}

export function ProjectFields({ form, autoFocus = false, disabled = false }: ProjectFieldsProps) {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const currencies = useMemo(() => currencyChoices(locale), [locale])
  const timezones = useMemo(() => timezoneChoices(), [])
  const weekdays = useMemo(() => weekdayChoices(locale), [locale])
  const select = { searchable: true, allowDeselect: false, limit: 60, disabled } as const
  return (
    <>
      <TextInput
        label={t('projects.name')}
        description={t('projects.name_hint')}
        placeholder={t('projects.name_placeholder')}
        data-autofocus={autoFocus}
        autoFocus={autoFocus}
        disabled={disabled}
        key={form.key('name')}
        {...form.getInputProps('name')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
        <Select
          label={t('projects.currency')}
          data={currencies}
          {...select}
          key={form.key('currency')}
          {...form.getInputProps('currency')}
        />
        <Select
          label={t('projects.week_start')}
          data={weekdays}
          {...select}
          searchable={false}
          key={form.key('week_start')}
          {...form.getInputProps('week_start')}
        />
      </SimpleGrid>
      <Select
        label={t('projects.timezone')}
        description={t('projects.timezone_hint')}
        data={timezones}
        {...select}
        nothingFoundMessage={t('projects.timezone_unknown')}
        key={form.key('timezone')}
        {...form.getInputProps('timezone')}
      />
    </>
  )
}
