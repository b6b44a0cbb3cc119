import { useTranslation } from 'react-i18next'
import type { ChannelDecision } from '../../api/types.ts'
import classes from './TryVisit.module.css'

const PARTS = ['source', 'medium'] as const

interface DecidedChannelProps {
  decision: ChannelDecision
  /** Whether the channel costs money, as the page has it. */
  isPaid: boolean
}

/** The channel that a visit would get, the rule behind it, and what says where it came from. */
export function DecidedChannel({ decision, isPaid }: DecidedChannelProps) {
  const { t } = useTranslation()
  const { channel, decided_by: decider, rule } = decision
  return (
    <div className={classes.decided}>
      <p className={classes.channel}>
        <b>{channel}</b>
        {isPaid && <em>{t('campaigns.paid')}</em>}
      </p>
      <p>{t(`decided_by.${decider}`, { place: rule?.place ?? 0 })}</p>
      <dl className={classes.said}>
        {PARTS.map((part) => (
          <div key={part}>
            <dt>{t(`channel_field.${part}`)}</dt>
            <dd>
              <code>{decision[part].value ?? '—'}</code>
              <span>{t(`said_by.${decision[part].from}`)}</span>
            </dd>
          </div>
        ))}
        {decision.campaign !== null && (
          <div>
            <dt>{t('channel_field.campaign')}</dt>
            <dd>
              <code>{decision.campaign}</code>
            </dd>
          </div>
        )}
      </dl>
    </div>
  )
}
