import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { en } from './en/index.ts'
import type { analysisTexts } from './en/analysis/index.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof en & typeof analysisTexts }
  }
}

export const LANGUAGES = ['en', 'ru'] as const
export type Language = (typeof LANGUAGES)[number]

const STORAGE_KEY = 'af.language'

const isLanguage = (value: string | null | undefined): value is Language =>
  LANGUAGES.some((language) => language === value)

/** The chosen language, else the first of the browser's that there is, else English. */
function preferred(): Language {
  const stored = localStorage.getItem(STORAGE_KEY)
  if (isLanguage(stored)) return stored
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en'
}

/** Only the language in use is loaded. */
async function load(language: Language): Promise<object> {
  return language === 'ru' ? (await import('./ru/index.ts')).ru : (await import('./en/index.ts')).en
}

const loadAnalysis = async (language: Language): Promise<object> =>
  language === 'ru'
    ? (await import('./ru/analysis/index.ts')).analysisTexts
    : (await import('./en/analysis/index.ts')).analysisTexts

/** Whether a page that needs them has been opened. */
let withAnalysis = false

async function addAnalysis(language: Language): Promise<void> {
  i18next.addResourceBundle(language, 'translation', await loadAnalysis(language), true)
}

/** A page may be asked for before the texts of all pages are there. */
let start = (): void => {}
const started = new Promise<void>((resolve) => {
  start = resolve
})

/** Texts of attribution, journeys and their settings: only their pages need them. */
export async function loadAnalysisTexts(): Promise<void> {
  await started
  if (withAnalysis) return
  await addAnalysis(isLanguage(i18next.language) ? i18next.language : 'en')
  withAnalysis = true
}

export async function startI18n(): Promise<void> {
  const language = preferred()
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: await load(language) } },
    interpolation: { escapeValue: false },
  })
  document.documentElement.lang = language
  start()
}

export async function changeLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await load(language))
  }
  if (withAnalysis) await addAnalysis(language)
  localStorage.setItem(STORAGE_KEY, language)
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
}
