import { Button, MultiSelect, Select, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  DIMENSIONS,
  isDimension,
  labelOf,
  useValueName,
  valueOf,
  type Dimension,
} from './dimensions.ts'
import type { DashboardState, Filter } from './use_dashboard_state.ts'
import { BIGGEST, breakdownRequest, useKpi } from './use_kpi.ts'

const VALUES = 200

interface FilterFormProps {
  state: DashboardState
  onApply: (filter: Filter) => void
}

/** Offers the values that occur in the period, the biggest first. */
export default function FilterForm({ state, onApply }: FilterFormProps) {
  const { t } = useTranslation()
  const nameOf = useValueName()
  const [dimension, setDimension] = useState<Dimension>('country')
  const chosen = state.filters.find((filter) => filter.dimension === dimension)?.values ?? []
  const [edited, setEdited] = useState<string[] | null>(null)
  const values = edited ?? chosen
  const others = state.filters.filter((filter) => filter.dimension !== dimension)
  const request = { ...state, by: dimension, filters: others, compare: null, sort: BIGGEST }
  const report = useKpi(breakdownRequest(request, VALUES))
  const rows = report.isPlaceholderData ? [] : (report.data?.data ?? [])
  const labels = new Map(rows.map((row) => [valueOf(row, dimension), labelOf(row, dimension)]))
  return (
    <Stack gap="sm">
      <Select
        label={t('filters.dimension')}
        data={DIMENSIONS.map((value) => ({ value, label: t(`dimension.${value}`) }))}
        allowDeselect={false}
        value={dimension}
        comboboxProps={{ withinPortal: false }}
        onChange={(value) => {
          if (!isDimension(value)) return
          setDimension(value)
          setEdited(null)
        }}
      />
      <MultiSelect
        label={t('filters.values')}
        data={[...new Set([...labels.keys(), ...values])].map((value) => ({
          value,
          label: nameOf(dimension, value, labels.get(value) ?? value),
        }))}
        value={values}
        onChange={setEdited}
        searchable
        maxDropdownHeight={240}
        placeholder={values.length === 0 ? t('filters.choose') : ''}
        nothingFoundMessage={t(report.isFetching ? 'common.loading' : 'filters.nothing')}
        comboboxProps={{ withinPortal: false }}
      />
      <Button onClick={() => onApply({ dimension, values })}>{t('filters.apply')}</Button>
    </Stack>
  )
}
