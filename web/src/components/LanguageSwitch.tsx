import { useTranslation } from 'react-i18next'
import { changeLanguage, LANGUAGES } from '../i18n/index.ts'
import classes from './LanguageSwitch.module.css'

const NAMES = { en: 'English', ru: 'Русский' } as const

export function LanguageSwitch() {
  const { t, i18n } = useTranslation()
  return (
    <div className={classes.root} role="group" aria-label={t('settings.language')}>
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          className={classes.option}
          aria-pressed={i18n.language === language}
          onClick={() => void changeLanguage(language)}
        >
          {NAMES[language]}
        </button>
      ))}
    </div>
  )
}
