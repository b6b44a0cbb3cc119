import { useState } from 'react'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OrderModel } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { usePlayerName } from '../analysis/player_name.ts'
import classes from './RemovalEffects.module.css'

type Fit = NonNullable<OrderModel['fit']>

const FEW = 8

/** What Markov has learnt of each player; those on this order's path stand out. */
export function RemovalEffects({ fit }: { fit: Fit }) {
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = usePlayerName()
  const [all, setAll] = useState(false)
  const effects = fit.removal_effects
  const shown = all ? effects : effects.filter(({ on_path: isOn }, index) => isOn || index < FEW)
  const most = Math.max(...effects.map(({ effect }) => effect), Number.MIN_VALUE)
  return (
    <>
      <h4 className={classes.heading}>{t('order.effects')}</h4>
      <p className={classes.text}>
        {t('order.effects_text', {
          range: format.range(fit.date_from, fit.date_to),
          paths: format.count(fit.paths_without_conversion),
        })}
      </p>
      <table className={classes.table}>
        <tbody>
          {shown.map(({ player, effect, on_path: isOn }) => (
            <tr key={player} data-on={isOn}>
              <th scope="row">
                {nameOf(player)}
                {isOn && <em>{t('order.on_path')}</em>}
              </th>
              <td className={classes.bar} aria-hidden>
                <span style={{ width: `${(effect / most) * 100}%` }} />
              </td>
              <td className={classes.effect}>{format.percent(effect, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < effects.length && (
        <Button variant="subtle" color="gray" size="compact-sm" mt={6} onClick={() => setAll(true)}>
          {t('order.show_all', { count: effects.length })}
        </Button>
      )}
    </>
  )
}
