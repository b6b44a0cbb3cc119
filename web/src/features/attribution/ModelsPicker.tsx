import { Button, Popover, Skeleton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { withTexts } from '../../i18n/index.ts'
import { colourOf } from '../analysis/models.ts'
import type { AttributionState, ChangeAttribution } from './use_attribution_state.ts'
import classes from './ModelsPicker.module.css'

const ModelsForm = lazy(() => withTexts(import('./ModelsForm.tsx'), 'models'))

interface ModelsPickerProps {
  state: AttributionState
  change: ChangeAttribution
}

export function ModelsPicker({ state, change }: ModelsPickerProps) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={380} trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          className={classes.target ?? ''}
          rightSection={<IconChevronDown size={14} stroke={1.8} aria-hidden />}
          onClick={() => setOpened(!opened)}
        >
          {t('attribution.models', { count: state.models.length })}
          <span className={classes.dots}>
            {state.models.map((model) => (
              <i key={model} style={{ background: colourOf(model) }} />
            ))}
          </span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('attribution.choose_models')}>
        <Suspense fallback={<Skeleton height={420} />}>
          <ModelsForm
            state={state}
            onApply={(models, params) => {
              change({ models, params })
              setOpened(false)
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
