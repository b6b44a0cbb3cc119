import { Button, Checkbox } from '@mantine/core'
import { IconZoomQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ChoiceMenu } from '../../components/ChoiceMenu.tsx'
import { ModelsPicker } from './ModelsPicker.tsx'
import {
  CONVERSIONS,
  VALUES,
  type AttributionState,
  type ChangeAttribution,
} from './use_attribution_state.ts'
import { ConversionMenu } from './ConversionMenu.tsx'
import classes from './ReportSettings.module.css'

const WINDOWS = [1, 7, 14, 30, 60, 90]

interface ReportSettingsProps {
  state: AttributionState
  change: ChangeAttribution
  onExplain: () => void
}

/** What is divided, among which touches, and by which models. */
export function ReportSettings({ state, change, onExplain }: ReportSettingsProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.bar}>
      <ModelsPicker state={state} change={change} />
      <ConversionMenu
        value={state.conversion}
        offered={CONVERSIONS}
        onChange={(conversion) => change({ conversion })}
      />
      <WindowMenu days={state.windowDays} onChange={(windowDays) => change({ windowDays })} />
      <ChoiceMenu
        label={t('attribution.value')}
        value={state.value}
        choices={VALUES.map((value) => ({ value, label: t(`value.${value}`) }))}
        onChange={(value) => change({ value })}
      />
      <Checkbox
        size="xs"
        className={classes.check ?? ''}
        label={t('attribution.new_only')}
        checked={state.newOnly}
        onChange={(event) => change({ newOnly: event.currentTarget.checked })}
      />
      <Button
        variant="subtle"
        color="gray"
        size="xs"
        className={classes.how ?? ''}
        leftSection={<IconZoomQuestion size={15} stroke={1.7} aria-hidden />}
        onClick={onExplain}
      >
        {t('attribution.how')}
      </Button>
    </div>
  )
}

interface WindowMenuProps {
  days: number
  onChange: (days: number) => void
}

export function WindowMenu({ days, onChange }: WindowMenuProps) {
  const { t } = useTranslation()
  const offered = [...new Set([...WINDOWS, days])].sort((one, other) => one - other)
  return (
    <ChoiceMenu
      label={t('attribution.window')}
      value={String(days)}
      choices={offered.map((count) => ({
        value: String(count),
        label: t('attribution.days', { count }),
      }))}
      onChange={(value) => onChange(Number(value))}
    />
  )
}
