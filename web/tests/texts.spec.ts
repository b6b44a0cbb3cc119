import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { AREAS } from '../src/i18n/areas.ts'
import { en } from '../src/i18n/en/index.ts'
import { ru } from '../src/i18n/ru/index.ts'

interface Texts {
  readonly [key: string]: string | Texts
}

/** Every text by its full key. */
function flat(texts: Texts, prefix = ''): Map<string, string> {
  const entries = Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as const]
      : [...flat(value, `${prefix}${key}.`)]
  )
  return new Map(entries)
}

const PLURAL = /_(zero|one|two|few|many|other)$/
const areas = Object.values(AREAS)
const allOf = async (language: 'en' | 'ru'): Promise<object> =>
  Object.assign(
    {},
    ...(await Promise.all(areas.map(async (area) => (await area[language]()).texts)))
  )

const english = flat({ ...en, ...(await allOf('en')) })
const russian = flat({ ...ru, ...(await allOf('ru')) })
const bare = (texts: Map<string, string>) => [...new Set([...texts.keys()].map(withoutPlural))]
const withoutPlural = (key: string) => key.replace(PLURAL, '')

const source = join(import.meta.dirname, '..', 'src')
const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter(
    (file) => /\.tsx?$/.test(file) && !file.startsWith('i18n/en') && !file.startsWith('i18n/ru')
  )
  .map((file) => readFileSync(join(source, file), 'utf8'))
  .join('\n')

const variables = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

test.group('Texts', () => {
  test('both languages say the same things', ({ assert }) => {
    assert.sameMembers(bare(russian), bare(english))
  })

  test('every plural has all forms of its language', ({ assert }) => {
    const missing = (['en', 'ru'] as const).flatMap((language) => {
      const texts = language === 'en' ? english : russian
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
      const plurals = [...texts.keys()].filter((key) => PLURAL.test(key)).map(withoutPlural)
      return [...new Set(plurals)].flatMap((key) =>
        forms.map((form) => `${key}_${form}`).filter((full) => !texts.has(full))
      )
    })
    assert.deepEqual(missing, [])
  })

  test('a translation keeps the values that are filled in', ({ assert }) => {
    const other = new Map([...english].map(([key, text]) => [withoutPlural(key), variables(text)]))
    for (const [key, text] of russian) {
      assert.deepEqual(variables(text), other.get(withoutPlural(key)), key)
    }
  })

  test('no text is left over', ({ assert }) => {
    // A key is used as a literal, or as a template such as `metric.${key}`.
    const isUsed = (key: string) =>
      code.includes(`'${key}'`) || code.includes(`\`${key.replace(/\.[^.]+$/, '')}.\${`)
    assert.deepEqual(
      bare(english).filter((key) => !isUsed(key)),
      []
    )
  })
})
