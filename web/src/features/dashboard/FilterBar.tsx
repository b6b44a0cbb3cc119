import { Button, Popover, Skeleton } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Pill, PillBar } from '../../components/Pill.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useValueName } from './dimensions.ts'
import type { ChangeState, DashboardState, Filter } from './use_dashboard_state.ts'

const FilterForm = lazy(() => import('./FilterForm.tsx'))

interface FilterBarProps {
  state: DashboardState
  change: ChangeState
}

/** Values named in a pill before the rest is only counted. */
const NAMED = 2

/** A filter replaces the one on the same dimension; without values it goes. */
function withFilter(filters: readonly Filter[], next: Filter): Filter[] {
  const others = filters.filter(({ dimension }) => dimension !== next.dimension)
  return next.values.length > 0 ? [...others, next] : others
}

export function FilterButton({ state, change }: FilterBarProps) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={300} trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconFilter size={16} stroke={1.7} aria-hidden />}
          onClick={() => setOpened(!opened)}
        >
          {t('filters.add')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Suspense fallback={<Skeleton height={170} />}>
          <FilterForm
            state={state}
            onApply={(filter) => {
              change({ filters: withFilter(state.filters, filter) })
              setOpened(false)
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}

/** The filters in force, each removable. */
export function FilterBar({ state, change }: FilterBarProps) {
  const { t } = useTranslation()
  if (state.filters.length === 0) return null
  return (
    <PillBar>
      {state.filters.map((filter) => (
        <FilterPill
          key={filter.dimension}
          filter={filter}
          onRemove={() => change({ filters: withFilter(state.filters, { ...filter, values: [] }) })}
        />
      ))}
      {state.filters.length > 1 && (
        <Button variant="subtle" size="compact-sm" onClick={() => change({ filters: [] })}>
          {t('filters.clear')}
        </Button>
      )}
    </PillBar>
  )
}

function FilterPill({ filter, onRemove }: { filter: Filter; onRemove: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = useValueName()
  const { values } = filter
  const shown = values.slice(0, NAMED).map((value) => nameOf(filter.dimension, value))
  return (
    <Pill
      name={t(`dimension.${filter.dimension}`)}
      value={
        values.length > NAMED
          ? t('filters.and_more', { names: shown.join(', '), count: values.length - NAMED })
          : format.list(shown)
      }
      onRemove={onRemove}
    />
  )
}
