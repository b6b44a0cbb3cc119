import { command, rows, type Params } from './client.ts'
import { touchColumns } from './journey_sql.ts'
import { changedTouches, type Changed } from './journeys.ts'
import { withPersonKeys, withPersons, withPersonsBefore, personsIn } from './persons.ts'
import { hasTouches } from './touch.ts'
import { refreshParams, type RefreshSettings } from './refresh.ts'
import { beforeCommit, inSlices, inSlicesBefore, inVersion, type Version } from './versions.ts'

/** What the steps before have changed. */
export interface Rebuilt extends Omit<Changed, 'orders'> {
  /** Days that were rebuilt. */
  journeys: readonly string[]
}

/** Conversions that a report may be about: money that goes back, or orders that sum to nothing, are none. */
const isConversion = `goal NOT IN ('refund', 'zero_order') AND person_key != 0`

const converted = `date IN {journey_days:Array(Date)} AND ${isConversion}`

/** Whose touches are other ones now, and whose they were. */
const ofTouches = `
  SELECT person_key FROM (${withPersons(changedTouches)})
  UNION DISTINCT
  SELECT person_key FROM (${withPersonsBefore(changedTouches)})`

/** Whose conversions are, and whose they were. */
const ofConversions = `
  SELECT person_key FROM journeys WHERE ${inSlices('journeys')} AND ${converted}
  UNION DISTINCT
  SELECT person_key FROM journeys WHERE ${inSlicesBefore('journeys')} AND ${converted}`

const changedPersons = ({ touch, persons, journeys }: Rebuilt): string =>
  [
    ...(touch.length > 0 || persons ? [ofTouches] : []),
    ...(journeys.length > 0 ? [ofConversions] : []),
  ].join(' UNION DISTINCT ')

/** In a rebuild: everybody who has touches, or had. */
const allPersons = `
  SELECT DISTINCT person_key FROM (${withPersonKeys(`SELECT alias_key FROM touch WHERE ${inSlices('touch')}`)})
  UNION DISTINCT
  SELECT person_key FROM paths WHERE ${beforeCommit}`

const own = 'project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64}'

const notePersons = (persons: string) => `
  INSERT INTO path_work SELECT {project_id:UInt64}, {commit_id:UInt64}, person_key FROM (${persons})`

/** One share of them. */
const share = `
  SELECT person_key FROM path_work
  WHERE ${own} AND cityHash64(person_key) % {chunks:UInt32} = {chunk:UInt32}`

const placed = new Set<string>(['event_time', 'touch_key', 'is_direct'])
/** What a path tells of its touches, besides when they were. */
const told = touchColumns.filter((column) => !placed.has(column))

const aliases = `
  SELECT person_key AS alias_key FROM (${share})
  UNION DISTINCT
  SELECT alias_key FROM (${personsIn(inVersion)}) WHERE person_key IN (${share})`

const touches = `
  SELECT person_key, arraySort(groupArray((event_time, touch_key, date, ${told.join(', ')}))) AS touches
  FROM (${withPersonKeys(`SELECT alias_key, event_time, touch_key, date, ${told.join(', ')} FROM touch
    WHERE ${inSlices('touch')} AND alias_key IN (${aliases})`)})
  WHERE person_key IN (${share})
  GROUP BY person_key`

const conversions = `
  SELECT person_key, arraySort(groupArray((event_time, date, goal))) AS conversions
  FROM journeys
  WHERE ${inSlices('journeys')} AND ${isConversion} AND person_key IN (${share})
  GROUP BY person_key`

const touchArrays = [
  'touch_date',
  'touch_time',
  'touch_key',
  ...told.map((column) => `touch_${column}`),
]
/** All that a row says of a person. */
export const pathColumns = [
  ...['last_date', 'first_date', 'person_key'],
  ...touchArrays,
  ...['goal', 'goal_date', 'goal_time'],
]

const listed = pathColumns.join(', ')

const along = (list: string, place: number) => `arrayMap(one -> one.${place}, ${list})`

/** The paths as they stand. */
const current = `
  SELECT arrayMax(touch_date) AS last_date, arrayMin(touch_date) AS first_date, person_key,
    ${along('touches', 3)} AS touch_date, ${along('touches', 1)} AS touch_time,
    ${along('touches', 2)} AS touch_key,
    ${told.map((column, index) => `${along('touches', index + 4)} AS touch_${column}`).join(', ')},
    ${along('conversions', 3)} AS goal, ${along('conversions', 2)} AS goal_date, ${along('conversions', 1)} AS goal_time
  FROM (${touches}) AS paths ANY LEFT JOIN (${conversions}) AS conversions USING (person_key)`

/** What differs from before: rows that are to count, and such that are not any more. */
const write = `
  INSERT INTO paths (project_id, commit_id, ${listed}, sign)
  SELECT {project_id:UInt64}, {commit_id:UInt64}, ${listed}, toInt8(sum(change)) AS sign
  FROM (
    SELECT ${listed}, 1 AS change FROM (${current})
    UNION ALL
    SELECT ${listed}, -sign AS change FROM paths WHERE ${beforeCommit} AND person_key IN (${share})
  )
  GROUP BY ${listed}
  HAVING sign != 0`

/** Persons whose paths one statement holds in memory. */
const PERSONS_AT_ONCE = 200_000

/**
 * Rebuilds the paths of the persons whose touches or conversions the commit changed, after touches,
 * persons and journeys.
 *
 * @param rebuilt what these have changed
 */
export async function rebuildPaths(
  version: Version,
  settings: RefreshSettings,
  rebuilt: Rebuilt
): Promise<void> {
  const params = {
    ...refreshParams(version, settings),
    touch_days: rebuilt.touch,
    journey_days: rebuilt.journeys,
  }
  const asked = settings.everything ? allPersons : changedPersons(rebuilt)
  // Nobody has a path in a shop that only knows orders.
  if (!hasTouches(settings) || asked === '') return
  const run = (step: string, sql: string, more: Params = {}) =>
    command(sql, {
      params: { ...params, ...more },
      queryId: `commit-${version.commitId}-paths-${step}`,
      settings: { insert_deduplication_token: `${version.commitId}:paths:${step}` },
    })
  await run('persons', notePersons(asked))
  const [found] = await rows<{ persons: string }>(
    `SELECT count() AS persons FROM path_work WHERE ${own}`,
    params
  )
  const chunks = Math.ceil(Number(found?.persons ?? 0) / (settings.rowsAtOnce ?? PERSONS_AT_ONCE))
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    await run(`${chunk}`, write, { chunk, chunks })
  }
  await command(`ALTER TABLE path_work DROP PARTITION ID '${BigInt(version.commitId)}'`)
}
