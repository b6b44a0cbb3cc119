import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { AREAS, type AreaName, type AreaTexts } from './areas.ts'
import type { en } from './en/index.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof en & AreaTexts }
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

/** The areas that pages opened so far have needed. */
const opened = new Set<AreaName>()

async function addArea(area: AreaName, language: Language): Promise<void> {
  const { texts } = await AREAS[area][language]()
  i18next.addResourceBundle(language, 'translation', texts, true)
}

/** A page may be asked for before the texts of all pages are there. */
let start = (): void => {}
const started = new Promise<void>((resolve) => {
  start = resolve
})

async function loadArea(area: AreaName): Promise<void> {
  await started
  if (opened.has(area)) return
  await addArea(area, isLanguage(i18next.language) ? i18next.language : 'en')
  opened.add(area)
}

/** Something that is loaded together with the texts that it needs. */
export async function withTexts<Module>(
  module: Promise<Module>,
  ...areas: AreaName[]
): Promise<Module> {
  const [loaded] = await Promise.all([module, ...areas.map(loadArea)])
  return loaded
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
  await Promise.all([...opened].map((area) => addArea(area, language)))
  localStorage.setItem(STORAGE_KEY, language)
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
}
