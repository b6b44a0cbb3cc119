import { useTranslation } from 'react-i18next'
import { Sparkline } from '../../components/Sparkline.tsx'
import classes from './AuthShowcase.module.css'

const CURVE = [12, 15, 13, 19, 17, 22, 21, 26, 24, 31, 29, 36, 34, 41, 46]

/** A quiet picture of what waits behind the door: a figure together with where it came from. */
export function AuthShowcase() {
  const { t } = useTranslation()
  return (
    <aside className={classes.pane} aria-hidden>
      <div className={classes.card}>
        <div className={classes.label}>{t('metric.revenue')}</div>
        <Sparkline values={CURVE} width={320} height={96} />
        <div className={classes.rule} />
        <code className={classes.formula}>gross − discounts − refunds</code>
        <code className={classes.sql}>
          <b>SELECT</b> sum(gross − discount − refund)
          <br />
          <b>FROM</b> orders <b>WHERE</b> counted
        </code>
      </div>
      <h2 className={classes.claim}>{t('auth.claim')}</h2>
      <p className={classes.text}>{t('auth.claim_text')}</p>
    </aside>
  )
}
