import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AttributionRow } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { colourOf, type Model } from '../analysis/models.ts'
import classes from './DisagreementBar.module.css'

interface DisagreementBarProps {
  row: AttributionRow
  models: readonly Model[]
  /** The share at the right end. */
  scale: number
}

/** From the least to the biggest share that the models give, with a mark for each of them. */
export function DisagreementBar({ row, models, scale }: DisagreementBarProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { min_share: least, max_share: most } = row.disagreement
  if (least === null || most === null) return <span className={classes.none}>—</span>
  const at = (share: number) => `${Math.min(1, Math.max(0, share / scale)) * 100}%`
  const shares = models.flatMap((model) => {
    const share = row.models[model]?.share
    return share == null ? [] : [{ model, share }]
  })
  const spoken = shares.map(
    ({ model, share }) => `${t(`model.${model}`)}: ${format.percent(share)}`
  )
  return (
    <span className={classes.cell}>
      <Tooltip label={<Marks shares={shares} />} openDelay={120}>
        <span className={classes.track} role="img" aria-label={spoken.join(', ')}>
          <span
            className={classes.band}
            style={{ left: at(least), right: `calc(100% - ${at(most)})` }}
          />
          {shares.map(({ model, share }) => (
            <span
              key={model}
              className={classes.mark}
              style={{ left: at(share), background: colourOf(model) }}
            />
          ))}
        </span>
      </Tooltip>
      <span className={classes.text}>{format.percentRange(least, most)}</span>
    </span>
  )
}

function Marks({ shares }: { shares: readonly { model: Model; share: number }[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <span className={classes.tooltip}>
      {shares.map(({ model, share }) => (
        <span key={model} className={classes.entry}>
          <i style={{ background: colourOf(model) }} />
          {t(`model.${model}`)}
          <b>{format.percent(share)}</b>
        </span>
      ))}
    </span>
  )
}
