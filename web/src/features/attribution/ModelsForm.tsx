import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isPossible, type ModelParams } from '../analysis/model_params.ts'
import { colourOf, MODELS, type Model } from '../analysis/models.ts'
import { ParamFields } from '../analysis/ParamFields.tsx'
import type { AttributionState } from './use_attribution_state.ts'
import classes from './ModelsForm.module.css'

interface ModelsFormProps {
  state: AttributionState
  onApply: (models: Model[], params: ModelParams) => void
}

/** Which models stand side by side, and the numbers that some of them work with. */
export default function ModelsForm({ state, onApply }: ModelsFormProps) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<readonly Model[]>(state.models)
  const [params, setParams] = useState(state.params)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onApply(
          MODELS.filter((model) => chosen.includes(model)),
          params
        )
      }}
    >
      <ul className={classes.list}>
        {MODELS.map((model) => (
          <li key={model} className={classes.item}>
            <Checkbox
              checked={chosen.includes(model)}
              label={
                <>
                  <i className={classes.dot} style={{ background: colourOf(model) }} />
                  {t(`model.${model}`)}
                </>
              }
              description={t(`model_brief.${model}`)}
              onChange={({ currentTarget: { checked } }) =>
                setChosen(checked ? [...chosen, model] : chosen.filter((one) => one !== model))
              }
            />
            {chosen.includes(model) && (
              <ParamFields model={model} params={params} onChange={setParams} />
            )}
          </li>
        ))}
      </ul>
      <div className={classes.footer}>
        <span role="status">{chosen.length === 0 ? t('attribution.choose_any') : ''}</span>
        <Button type="submit" size="xs" disabled={chosen.length === 0 || !isPossible(params)}>
          {t('filters.apply')}
        </Button>
      </div>
    </form>
  )
}
