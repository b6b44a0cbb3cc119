import { Button, Menu } from '@mantine/core'
import { IconArrowsSplit2, IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { KpiAnswer } from '../../api/types.ts'
import { MODELS } from '../analysis/models.ts'
import type { ChangeState, DashboardState } from './use_dashboard_state.ts'

interface ModelMenuProps {
  state: DashboardState
  change: ChangeState
  answer: KpiAnswer | undefined
}

/** Under which model channels, sources and campaigns are credited; as the project has settled at first. */
export default function ModelMenu({ state, change, answer }: ModelMenuProps) {
  const { t } = useTranslation()
  const attribution = answer?.meta.attribution
  const model = state.model ?? attribution?.model
  const label = model ? t(`model.${model}`) : t('crediting.label')
  return (
    <Menu position="bottom-end" width={270}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconArrowsSplit2 size={16} stroke={1.7} aria-hidden />}
          aria-label={t('crediting.open', { label })}
        >
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('crediting.label')}</Menu.Label>
        <Choice chosen={state.model === null} onChoose={() => change({ model: null })}>
          {t('crediting.settled')}
        </Choice>
        <Menu.Divider />
        {MODELS.map((choice) => (
          <Choice
            key={choice}
            chosen={choice === state.model}
            onChoose={() => change({ model: choice })}
          >
            {t(`model.${choice}`)}
          </Choice>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('crediting.text', { count: attribution?.window_days ?? 30 })}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  )
}

interface ChoiceProps {
  chosen: boolean
  onChoose: () => void
  children: string
}

function Choice({ chosen, onChoose, children }: ChoiceProps) {
  return (
    <Menu.Item
      role="menuitemradio"
      aria-checked={chosen}
      rightSection={chosen ? <IconCheck size={15} aria-hidden /> : null}
      onClick={onChoose}
    >
      {children}
    </Menu.Item>
  )
}
