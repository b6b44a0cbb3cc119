import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './SaveBar.module.css'

interface SaveBarProps {
  note: string
  disabled?: boolean
  saving: boolean
  onReset: () => void
  onSave: () => void
}

/** Stands at the bottom while something on the page is changed and not saved. */
export function SaveBar({ note, disabled = false, saving, onReset, onSave }: SaveBarProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.bar} role="region" aria-label={t('settings.unsaved')}>
      <span className={classes.note}>{note}</span>
      <Button variant="default" onClick={onReset} disabled={saving}>
        {t('settings.discard')}
      </Button>
      <Button onClick={onSave} disabled={disabled} loading={saving}>
        {t('settings.save')}
      </Button>
    </div>
  )
}
