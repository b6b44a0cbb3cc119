import { IconSettingsExclamation } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Source } from '../../api/types.ts'
import { Note } from '../../components/Note.tsx'
import classes from './Connection.module.css'

/** What the operator has to do once before users can agree at the vendor. */
export function ConsentSetup({ source }: { source: Source }) {
  const { t } = useTranslation()
  if (source.consent === null || source.consent.available) return null
  const { missing_settings: missing, callback_url: callback } = source.consent
  return (
    <Note icon={IconSettingsExclamation} title={t('consent.setup_title')} tone="warn">
      {t('consent.setup_text', { title: source.title })}
      <ul className={classes.names}>
        {missing.map((name) => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
      </ul>
      {t('consent.setup_callback')} <code className={classes.callback}>{callback}</code>
    </Note>
  )
}
