import { Button, Menu } from '@mantine/core'
import { IconCheck, IconGitCompare } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PeriodChange, PeriodState } from './period_state.ts'

const CHOICES = ['none', 'previous_period', 'previous_year'] as const

interface CompareMenuProps {
  state: Pick<PeriodState, 'compare'>
  change: (change: PeriodChange) => void
}

export function CompareMenu({ state, change }: CompareMenuProps) {
  const { t } = useTranslation()
  const chosen = state.compare ?? 'none'
  const label = t(`compare.${chosen}`)
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconGitCompare size={16} stroke={1.7} aria-hidden />}
          aria-label={t('compare.open', { label })}
        >
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('compare.label')}</Menu.Label>
        {CHOICES.map((choice) => (
          <Menu.Item
            key={choice}
            role="menuitemradio"
            aria-checked={choice === chosen}
            rightSection={choice === chosen ? <IconCheck size={15} aria-hidden /> : null}
            onClick={() => change({ compare: choice === 'none' ? null : choice })}
          >
            {t(`compare.${choice}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
