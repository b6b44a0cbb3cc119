import { Button, Popover, UnstyledButton } from '@mantine/core'
import { IconCalendar, IconCheck } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import type { PeriodChange, PeriodState } from './period_state.ts'
import { PRESETS, type Period, type Preset } from './periods.ts'
import classes from './PeriodPicker.module.css'

const RangeCalendar = lazy(() => import('./RangeCalendar.tsx'))

interface PeriodPickerProps {
  state: PeriodState
  change: (change: PeriodChange) => void
}

export function PeriodPicker({ state, change }: PeriodPickerProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [opened, setOpened] = useState(false)
  const { period, range } = state
  const label = period === 'custom' ? format.range(range.from, range.to) : t(`period.${period}`)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconCalendar size={16} stroke={1.7} aria-hidden />}
          onClick={() => setOpened(!opened)}
          aria-label={t('period.open', { label })}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('period.label')}>
        <div className={classes.root}>
          <Presets
            chosen={period}
            onPick={(preset) => {
              change({ period: preset })
              setOpened(false)
            }}
          />
          <Suspense fallback={<div className={classes.loading} />}>
            <RangeCalendar
              range={range}
              latest={state.data.to}
              onPick={(picked) => {
                change({ period: 'custom', range: picked })
                setOpened(false)
              }}
            />
          </Suspense>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

interface PresetsProps {
  chosen: Period
  onPick: (preset: Preset) => void
}

function Presets({ chosen, onPick }: PresetsProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.presets}>
      {PRESETS.map((preset) => (
        <UnstyledButton
          key={preset}
          className={classes.preset}
          aria-pressed={preset === chosen}
          onClick={() => onPick(preset)}
        >
          {t(`period.${preset}`)}
          {preset === chosen && <IconCheck size={15} aria-hidden />}
        </UnstyledButton>
      ))}
    </div>
  )
}
