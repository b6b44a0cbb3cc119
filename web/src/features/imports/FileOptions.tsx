import { Autocomplete, Checkbox, Select, Stack, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import { currencyChoices, timezoneChoices } from '../projects/locale_choices.ts'
import { hasCurrency, KINDS } from './fields.ts'
import type { MappingProps } from './FieldMap.tsx'

const DATE_FORMATS = [
  'auto',
  'DD.MM.YYYY',
  'DD.MM.YYYY HH:mm',
  'DD/MM/YYYY HH:mm',
  'MM/DD/YYYY HH:mm',
] as const

export function FileOptions({ head, draft, change }: MappingProps) {
  const { t } = useTranslation()
  const { locale } = useFormat()
  const currencies = useMemo(() => currencyChoices(locale), [locale])
  const timezones = useMemo(() => timezoneChoices(), [])
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
        onChange={(kind) => kind && change({ type: 'kind', kind, head })}
      />
      {hasCurrency(draft.kind) && draft.columns.currency === undefined && (
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
      <Notation head={head} draft={draft} change={change} />
    </Stack>
  )
}

/** How the file writes dates and numbers. */
function Notation({ draft, change }: MappingProps) {
  const { t } = useTranslation()
  return (
    <>
      <Autocomplete
        label={t('imports.date_format')}
        description={t('imports.date_format_hint')}
        data={[...DATE_FORMATS]}
        value={draft.dateFormat}
        onChange={(value) => change({ type: 'set', patch: { dateFormat: value } })}
      />
      <Checkbox
        label={t('imports.decimal_comma')}
        checked={draft.decimalComma}
        onChange={(event) =>
          change({ type: 'set', patch: { decimalComma: event.currentTarget.checked } })
        }
      />
    </>
  )
}
