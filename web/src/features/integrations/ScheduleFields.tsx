import { NativeSelect, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { timezoneChoices } from '../projects/locale_choices.ts'
import { clock, hasTime, minutesOf, PRESETS, type ScheduleDraft } from './schedule_presets.ts'
import classes from './Form.module.css'

interface ScheduleFieldsProps {
  draft: ScheduleDraft
  /** What the server says of it. */
  error: string | null
  disabled?: boolean
  onChange: (draft: ScheduleDraft) => void
}

/** When an integration loads by itself. */
export function ScheduleFields({ draft, error, disabled = false, onChange }: ScheduleFieldsProps) {
  const { t } = useTranslation()
  const { preset } = draft
  return (
    <div className={classes.schedule}>
      <NativeSelect
        label={t('schedule.label')}
        disabled={disabled}
        error={preset === 'cron' ? null : error}
        data={PRESETS.map((value) => ({ value, label: t(`schedule_preset.${value}`) }))}
        value={preset}
        onChange={({ currentTarget }) =>
          onChange({
            ...draft,
            preset: PRESETS.find((one) => one === currentTarget.value) ?? 'off',
          })
        }
      />
      {hasTime(preset) && (
        <TextInput
          type="time"
          label={t('schedule.time')}
          disabled={disabled}
          value={clock(draft.minutes)}
          onChange={({ currentTarget }) => {
            const minutes = minutesOf(currentTarget.value)
            if (minutes !== null) onChange({ ...draft, minutes })
          }}
        />
      )}
      {preset === 'cron' && (
        <TextInput
          className={classes.wide ?? ''}
          label={t('schedule.cron')}
          description={t('schedule.cron_hint')}
          placeholder="0 6 * * MON-FRI"
          disabled={disabled}
          error={error}
          value={draft.cron}
          onChange={({ currentTarget }) => onChange({ ...draft, cron: currentTarget.value })}
        />
      )}
      {preset !== 'off' && <Zone draft={draft} disabled={disabled} onChange={onChange} />}
    </div>
  )
}

function Zone({ draft, disabled, onChange }: Omit<ScheduleFieldsProps, 'error'>) {
  const { t } = useTranslation()
  const zones = useMemo(() => timezoneChoices(), [])
  return (
    <NativeSelect
      className={classes.wide ?? ''}
      label={t('schedule.timezone')}
      disabled={disabled ?? false}
      data={zones}
      value={draft.timezone}
      onChange={({ currentTarget }) => onChange({ ...draft, timezone: currentTarget.value })}
    />
  )
}
