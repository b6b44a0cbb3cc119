import { Button } from '@mantine/core'
import { IconZoomQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ChoiceMenu } from '../../components/ChoiceMenu.tsx'
import { ConversionMenu } from '../analysis/ConversionMenu.tsx'
import { CustomersMenu } from '../analysis/CustomersMenu.tsx'
import { WindowMenu } from '../analysis/WindowMenu.tsx'
import { ModelsPicker } from './ModelsPicker.tsx'
import { VALUES, type AttributionState, type ChangeAttribution } from './use_attribution_state.ts'
import classes from '../analysis/ReportSettings.module.css'

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
      <ConversionMenu value={state.conversion} onChange={(conversion) => change({ conversion })} />
      <WindowMenu days={state.windowDays} onChange={(windowDays) => change({ windowDays })} />
      <ChoiceMenu
        label={t('attribution.value')}
        value={state.value}
        choices={VALUES.map((value) => ({ value, label: t(`value.${value}`) }))}
        onChange={(value) => change({ value })}
      />
      <CustomersMenu newOnly={state.newOnly} onChange={(newOnly) => change({ newOnly })} />
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
