import { Select } from '@mantine/core'
import { IconGitCompare } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Compare } from '../../api/types.ts'
import type { ChangeState, DashboardState } from './use_dashboard_state.ts'

interface CompareSelectProps {
  state: DashboardState
  change: ChangeState
}

export function CompareSelect({ state, change }: CompareSelectProps) {
  const { t } = useTranslation()
  return (
    <Select
      aria-label={t('compare.label')}
      leftSection={<IconGitCompare size={16} stroke={1.7} aria-hidden />}
      w={214}
      allowDeselect={false}
      data={[
        { value: 'none', label: t('compare.none') },
        { value: 'previous_period', label: t('compare.previous_period') },
        { value: 'previous_year', label: t('compare.previous_year') },
      ]}
      value={state.compare ?? 'none'}
      onChange={(value) => change({ compare: value === 'none' ? null : (value as Compare) })}
    />
  )
}
