import { NumberInput, SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ALLOCATIONS, isPossible, type ModelParams } from './model_params.ts'
import type { Model } from './models.ts'
import classes from './ParamFields.module.css'

interface ParamFieldsProps {
  model: Model
  params: ModelParams
  onChange: (params: ModelParams) => void
  disabled?: boolean
}

/** The numbers of a model that has any. */
export function ParamFields({ model, ...rest }: ParamFieldsProps) {
  if (model === 'time_decay') return <HalfLife {...rest} />
  if (model === 'position_based') return <Positions {...rest} />
  return model === 'markov' ? <Allocation {...rest} /> : null
}

type FieldsProps = Omit<ParamFieldsProps, 'model'>

function HalfLife({ params, onChange, disabled = false }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.fields}>
      <NumberInput
        size="xs"
        label={t('model_params.half_life')}
        min={1}
        max={365}
        disabled={disabled}
        value={params.halfLifeDays}
        onChange={(value) => onChange({ ...params, halfLifeDays: Number(value) || 7 })}
      />
    </div>
  )
}

const PERCENT = 100

function Positions({ params, onChange, disabled = false }: FieldsProps) {
  const { t } = useTranslation()
  const error = isPossible(params) ? null : t('model_params.too_much')
  const field = (key: 'first' | 'last') => ({
    size: 'xs' as const,
    min: 0,
    max: PERCENT,
    suffix: ' %',
    disabled,
    label: t(`model_params.${key}`),
    value: Math.round(params[key] * PERCENT),
    onChange: (value: string | number) => onChange({ ...params, [key]: Number(value) / PERCENT }),
  })
  return (
    <div className={classes.fields}>
      <NumberInput {...field('first')} error={error !== null} />
      <NumberInput {...field('last')} error={error !== null} />
      {error !== null && <p className={classes.error}>{error}</p>}
    </div>
  )
}

function Allocation({ params, onChange, disabled = false }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.fields} data-wide>
      <SegmentedControl
        size="xs"
        fullWidth
        disabled={disabled}
        aria-label={t('model_params.allocation')}
        data={ALLOCATIONS.map((value) => ({ value, label: t(`allocation.${value}`) }))}
        value={params.allocation}
        onChange={(allocation) => onChange({ ...params, allocation })}
      />
      <p className={classes.hint}>{t(`allocation_hint.${params.allocation}`)}</p>
    </div>
  )
}
