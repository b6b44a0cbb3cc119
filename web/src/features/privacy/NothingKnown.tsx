import { useTranslation } from 'react-i18next'
import type { PersonAlias } from '../../api/types.ts'
import { EraseButton } from './FoundPerson.tsx'
import classes from './Privacy.module.css'

interface NothingKnownProps {
  alias: PersonAlias
  onDone: () => void
}

/** Somebody who is not known yet can still be kept out of what comes. */
export function NothingKnown({ alias, onDone }: NothingKnownProps) {
  const { t } = useTranslation()
  return (
    <section className={classes.found}>
      <p className={classes.text}>
        <b>{t('privacy.nothing')}</b> {t('privacy.nothing_text')}
      </p>
      <div className={classes.actions}>
        <EraseButton alias={alias} onErased={onDone} />
      </div>
    </section>
  )
}
