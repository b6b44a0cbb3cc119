import db from '@adonisjs/lucid/services/db'
import { wordsNaming, type PersonRequest } from '#warehouse/public'

/**
 * Columns of PostgreSQL into which something of a person may have got: a file's name, a value in the spec
 * of an import, what a source said about a row. Each with how to find the project's rows. Not the names
 * that people give to what they import: under these it is known.
 */
const places: readonly { table: string; column: string; of: string }[] = [
  { table: 'imports', column: 'file_name', of: 'project_id = :project' },
  { table: 'imports', column: 'spec', of: 'project_id = :project' },
  { table: 'integrations', column: 'settings_json', of: 'project_id = :project' },
  { table: 'integrations', column: 'error', of: 'project_id = :project' },
  { table: 'sync_runs', column: 'error', of: 'project_id = :project' },
  { table: 'dashboards', column: 'name', of: 'project_id = :project' },
  { table: 'dashboards', column: 'config_json', of: 'project_id = :project' },
  { table: 'identity_splits', column: 'note', of: 'project_id = :project' },
  { table: 'audit_log', column: 'target', of: 'project_id = :project' },
  { table: 'audit_log', column: 'details', of: 'project_id = :project' },
  {
    table: 'idempotency_keys',
    column: 'body',
    of: `route like '%/projects/' || :project || '/%'`,
  },
]

/** A word of fewer letters is as likely something else: a number of lines, a part of a name. */
const SHORTEST = 4

interface Found {
  place: string
  value: unknown
}

type Text = (text: string) => string

/** Rewrites the texts in a value of JSON; numbers and names of fields are ours. */
export function mapTexts(value: unknown, change: Text): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)])
  )
}

function textsIn(value: unknown): string[] {
  const texts: string[] = []
  mapTexts(value, (text) => {
    texts.push(text)
    return text
  })
  return texts
}

/** A file may be called after somebody: `ann@example.org.csv.gz`. */
const withStem = (text: string) =>
  `${text}\n${text.replace(/(\.[a-z]{2,4}){1,2}$/i, '')}\n${text.replace(/\.[a-z]{2,4}$/i, '')}`

const without = (words: readonly string[], token: string) => (text: string) =>
  words.reduce((rest, word) => rest.replaceAll(word, token), text)

/** Puts the token in place of whatever names the person in settings, errors and logs of the project. */
export async function scrubSettings(scope: PersonRequest, token: string): Promise<void> {
  const { projectId } = scope.version
  for (const { table, column, of } of places) {
    const { rows } = await db.rawQuery<{ rows: Found[] }>(
      `select id::text as place, ${column} as value from ${table} where ${of} and ${column} is not null`,
      { project: projectId }
    )
    const texts = rows.map(({ value }) => textsIn(value).map(withStem).join('\n'))
    const named = await wordsNaming(scope, texts)
    for (const [index, { place, value }] of rows.entries()) {
      const words = (named[index] ?? []).filter((word) => word.length >= SHORTEST)
      if (words.length === 0) continue
      const rewritten = mapTexts(value, without(words, token))
      await db.rawQuery(`update ${table} set ${column} = :value where id = :place and ${of}`, {
        value: typeof rewritten === 'string' ? rewritten : JSON.stringify(rewritten),
        place,
        project: projectId,
      })
    }
  }
}
