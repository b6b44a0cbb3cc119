import { useTranslation } from 'react-i18next'
import { Pill, PillBar } from '../../components/Pill.tsx'
import type { AttributionState, ChangeAttribution } from './use_attribution_state.ts'

interface TouchFiltersProps {
  state: AttributionState
  change: ChangeAttribution
}

/** The rows that were opened on the way here; taking one away leads back to its table. */
export function TouchFilters({ state, change }: TouchFiltersProps) {
  const { t } = useTranslation()
  if (state.filters.length === 0) return null
  return (
    <PillBar>
      {state.filters.map((filter) => (
        <Pill
          key={`${filter.dimension} ${filter.value}`}
          name={t(`grouping.${filter.dimension}`)}
          value={filter.value}
          onRemove={() =>
            change({
              by: filter.dimension,
              filters: state.filters.filter((one) => one !== filter),
            })
          }
        />
      ))}
    </PillBar>
  )
}
