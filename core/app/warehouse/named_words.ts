import { rows } from './client.ts'
import { namedWordsOf } from './rejected_people.ts'
import { personKeys, requestParams, type PersonRequest } from './person_scope.ts'

const TEXTS_AT_ONCE = 500

/** Of each text the words in it that name the collected person. */
export async function wordsNaming(
  scope: PersonRequest,
  texts: readonly string[]
): Promise<string[][]> {
  const found: string[][] = []
  for (let at = 0; at < texts.length; at += TEXTS_AT_ONCE) {
    const some = await rows<{ words: string[] }>(
      `SELECT ${namedWordsOf('text')} AS words FROM (
         SELECT arrayJoin(arrayZip(arrayEnumerate({texts:Array(String)}), {texts:Array(String)})) AS pair, pair.1 AS position, pair.2 AS text
       ) ORDER BY position`,
      { ...requestParams(scope), texts: texts.slice(at, at + TEXTS_AT_ONCE) }
    )
    found.push(...some.map(({ words }) => words))
  }
  return found
}

/** Which of the numbers are of identifiers or documents of the collected person. */
export async function keysAmong(
  scope: PersonRequest,
  keys: readonly string[]
): Promise<Set<string>> {
  if (keys.length === 0) return new Set()
  const found = await rows<{ key: string }>(
    `SELECT DISTINCT key FROM (${personKeys}) WHERE key IN {keys:Array(UInt64)}`,
    { ...requestParams(scope), keys: keys.map(BigInt) }
  )
  return new Set(found.map(({ key }) => key))
}
