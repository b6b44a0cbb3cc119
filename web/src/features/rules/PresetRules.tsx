import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChannelRule } from '../../api/types.ts'
import classes from './ChannelRules.module.css'

const FIRST = 4

/** What names the channel of everything that no rule of the project's own does. */
export function PresetRules({ rules }: { rules: readonly ChannelRule[] }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const shown = all ? rules : rules.slice(0, FIRST)
  return (
    <>
      <ol className={classes.preset}>
        {shown.map(({ channel, conditions }, index) => (
          <li key={index}>
            <b>{channel}</b>
            <span>
              {conditions.map(({ field, op, values }, place) => (
                <span key={field} className={classes.presetCondition}>
                  {place > 0 && `${t('channels.and')} `}
                  {t(`channel_field.${field}`)} {t(`channel_op.${op}`)}{' '}
                  <code>{values.join(', ')}</code>
                </span>
              ))}
            </span>
          </li>
        ))}
      </ol>
      {!all && rules.length > FIRST && (
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setAll(true)}>
          {t('channels.show_preset', { count: rules.length })}
        </Button>
      )}
    </>
  )
}
