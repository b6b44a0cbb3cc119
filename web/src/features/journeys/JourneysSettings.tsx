import { useTranslation } from 'react-i18next'
import { ChoiceMenu } from '../../components/ChoiceMenu.tsx'
import { ConversionMenu } from '../analysis/ConversionMenu.tsx'
import { CustomersMenu } from '../analysis/CustomersMenu.tsx'
import { WindowMenu } from '../analysis/WindowMenu.tsx'
import classes from '../analysis/ReportSettings.module.css'
import { INCLUDED, STEPS, type ChangeJourneys, type JourneysState } from './use_journeys_state.ts'

interface JourneysSettingsProps {
  state: JourneysState
  change: ChangeJourneys
}

/** Which paths are shown, and how much of them. */
export function JourneysSettings({ state, change }: JourneysSettingsProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.bar}>
      <ChoiceMenu
        label={t('journeys.step')}
        value={state.step}
        choices={STEPS.map((value) => ({ value, label: t(`grouping.${value}`) }))}
        onChange={(step) => change({ step })}
      />
      <ConversionMenu value={state.conversion} onChange={(conversion) => change({ conversion })} />
      <WindowMenu days={state.windowDays} onChange={(windowDays) => change({ windowDays })} />
      <ChoiceMenu
        label={t('journeys.include')}
        value={state.include}
        choices={INCLUDED.map((value) => ({ value, label: t(`include.${value}`) }))}
        onChange={(include) => change({ include })}
      />
      <CustomersMenu newOnly={state.newOnly} onChange={(newOnly) => change({ newOnly })} />
    </div>
  )
}
