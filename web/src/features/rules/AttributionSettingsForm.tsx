import { Button, Group, NumberInput, Select, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttributionSettings } from '../../api/types.ts'
import { FormError } from '../../components/FormError.tsx'
import { toast } from '../../components/toast.ts'
import { CONVERSIONS, useConversionName } from '../analysis/conversion_name.ts'
import { fromApiParams, isPossible, toApiParams } from '../analysis/model_params.ts'
import { isModel, MODELS } from '../analysis/models.ts'
import { ParamFields } from '../analysis/ParamFields.tsx'
import { useSaveAttributionSettings } from '../analysis/use_attribution_settings.ts'
import { useCanEdit } from '../projects/project_context.ts'
import classes from './AttributionSettings.module.css'

const PARAMETRIC = ['time_decay', 'position_based', 'markov'] as const

/** How conversions are credited where a report does not say. */
export default function AttributionSettingsForm({ saved }: { saved: AttributionSettings }) {
  const { t } = useTranslation()
  const canEdit = useCanEdit()
  const save = useSaveAttributionSettings()
  const [draft, setDraft] = useState(saved)
  const params = fromApiParams(draft.params)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(draft, { onSuccess: () => toast(t('settings.saved')) })
      }}
    >
      <Stack gap="md">
        <Basics draft={draft} onChange={(patch) => setDraft({ ...draft, ...patch })} />
        {PARAMETRIC.map((model) => (
          <fieldset key={model} className={classes.model}>
            <legend>{t(`model.${model}`)}</legend>
            <p>{t(`model_brief.${model}`)}</p>
            <ParamFields
              model={model}
              params={params}
              disabled={!canEdit}
              onChange={(next) => setDraft({ ...draft, params: toApiParams(next) })}
            />
          </fieldset>
        ))}
        <FormError error={save.error} />
        {canEdit && (
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={!isPossible(params)}>
              {t('settings.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  )
}

interface BasicsProps {
  draft: AttributionSettings
  onChange: (patch: Partial<AttributionSettings>) => void
}

function Basics({ draft, onChange }: BasicsProps) {
  const { t } = useTranslation()
  const canEdit = useCanEdit()
  const nameOf = useConversionName()
  return (
    <>
      <Select
        label={t('attribution_settings.model')}
        description={t('attribution_settings.model_hint')}
        data={MODELS.map((value) => ({ value, label: t(`model.${value}`) }))}
        allowDeselect={false}
        disabled={!canEdit}
        value={draft.model}
        onChange={(model) => isModel(model) && onChange({ model })}
      />
      <div className={classes.pair}>
        <NumberInput
          label={t('attribution_settings.window')}
          min={1}
          max={365}
          allowDecimal={false}
          disabled={!canEdit}
          value={draft.window_days}
          onChange={(days) => Number(days) >= 1 && onChange({ window_days: Number(days) })}
        />
        <Select
          label={t('attribution_settings.conversion')}
          data={[...new Set([...CONVERSIONS, draft.conversion])].map((value) => ({
            value,
            label: nameOf(value),
          }))}
          allowDeselect={false}
          disabled={!canEdit}
          value={draft.conversion}
          onChange={(conversion) => conversion && onChange({ conversion })}
        />
      </div>
    </>
  )
}
