import { Select, Stack, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import { currencyChoices, timezoneChoices } from '../projects/locale_choices.ts'
import { KINDS, type Kind } from './fields.ts'
import type { MappingProps } from './FieldMap.tsx'

const DATE_FORMATS = ['auto', 'YYYY-MM-DD', 'DD.MM.YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY'] as const

export function FileOptions({ head, draft, change }: MappingProps) {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const currencies = useMemo(() => currencyChoices(locale), [locale])
  const timezones = useMemo(timezoneChoices, [])
  const select = { searchable: true, allowDeselect: false, limit: 60 } as const
  return (
    <Stack gap="sm">
      <TextInput
        label={t('imports.name')}
        description={t('imports.name_hint')}
        value={draft.name}
        error={draft.name.trim() ? null : t('imports.name_missing')}
        onChange={(event) => change({ type: 'set', patch: { name: event.currentTarget.value } })}
      />
      <Select
        label={t('imports.kind')}
        data={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        allowDeselect={false}
        value={draft.kind}
        onChange={(kind) => change({ type: 'kind', kind: kind as Kind, headers: head.columns })}
      />
      {draft.columns.currency === undefined && (
        <Select
          label={t('imports.currency')}
          data={currencies}
          {...select}
          value={draft.currency}
          onChange={(value) => value && change({ type: 'set', patch: { currency: value } })}
        />
      )}
      <Select
        label={t('imports.timezone')}
        description={t('imports.timezone_hint')}
        data={timezones}
        {...select}
        value={draft.timezone}
        onChange={(value) => value && change({ type: 'set', patch: { timezone: value } })}
      />
      <Select
        label={t('imports.date_format')}
        data={DATE_FORMATS.map((value) => ({
          value,
          label: value === 'auto' ? t('imports.date_format_auto') : value,
        }))}
        allowDeselect={false}
        value={draft.dateFormat}
        onChange={(value) => value && change({ type: 'set', patch: { dateFormat: value } })}
      />
    </Stack>
  )
}
