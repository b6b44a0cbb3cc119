import { documentKey, nameKey } from './alias_keys.ts'
import { command, rows, type Params } from './client.ts'
import { changedDocuments, dirtyNames, documentColumns } from './identity_documents.ts'
import { documentsBefore, linksBefore } from './identity_versions.ts'
import { holds } from './known_logs.ts'
import { refreshParams, type RefreshSettings } from './refresh.ts'
import { dirty, namespace } from './order_documents.ts'
import { together } from './together.ts'
import { beforeCommit, type Version } from './versions.ts'

const own = 'project_id = {project_id:UInt64} AND commit_id = {commit_id:UInt64}'
const target = `(project_id, commit_id, document_key, ${documentColumns})`
const head = `{project_id:UInt64}, {commit_id:UInt64}`

const inWork = `SELECT document_key FROM identity_work WHERE ${own}`

const rest = documentColumns.replace('is_deleted, ', '')

const orderNames = `SELECT ${nameKey('order', 'order_id')} FROM (${dirty})`
const dealNames = `SELECT ${nameKey('deal', 'document_id')} FROM (${dirtyNames('deal')})`
const leadNames = `SELECT ${nameKey('lead', 'document_id')} FROM (${dirtyNames('lead')})`

const foundBy = (type: string, names: string) =>
  `SELECT document_key, '${type}' AS dirty_type FROM (${linksBefore(`alias_key IN (${names})`)})`

/** What may be dirty: documents are found by the names of these. */
const dirtyBy = (settings: RefreshSettings, hasOrders: boolean): string[] => [
  ...(hasOrders ? [foundBy('order', orderNames)] : []),
  ...(holds(settings, 'deal_log') ? [foundBy('deal', dealNames)] : []),
  ...(holds(settings, 'lead_log') ? [foundBy('lead', leadNames)] : []),
]

/** Documents that a dirty order, deal or lead makes dirty, with the types of these. */
const found = (dirty: readonly string[]) => `
  SELECT document_key, groupUniqArray(dirty_type) AS dirty_types
  FROM (${dirty.join(' UNION ALL ')})
  WHERE document_key NOT IN (${inWork})
  GROUP BY document_key`

/**
 * Documents that were not computed, although something by their name is dirty: they are gone, unless they
 * only name it. What they name is another document now, then, or one at last.
 */
const foundDocuments = (dirty: readonly string[]) => `
  SELECT document_key, has(dirty_types, if(document_type = 'refund', 'order', document_type)) AS is_deleted, ${rest}
  FROM (${documentsBefore(`document_key IN (SELECT document_key FROM (${found(dirty)}))`)}) AS documents
  INNER JOIN (${found(dirty)}) AS found USING (document_key)
  WHERE is_deleted OR names_order != ''`

/** In a rebuild, whatever is known and was not computed is gone. */
const forgotten = `
  SELECT document_key, true AS is_deleted, ${rest} FROM (${documentsBefore()})
  WHERE document_key NOT IN (${inWork})`

const insertKnown = (select: string) => `
  INSERT INTO identity_work ${target}
  SELECT ${head}, document_key, ${documentColumns} FROM (${select})`

const namers = `SELECT document_key, document_type, names_order, ${namespace} AS own_namespace, integration_id
  FROM identity_work WHERE ${own} AND NOT is_deleted AND names_order != ''`

/**
 * What a document may mean by the number that it names: the order of its own namespace, the deal of a
 * touch, or the order of another namespace. The lower the place the better.
 */
const candidates = `
  SELECT document_key, arrayJoin(arrayConcat(
    [(toUInt8(1), ${documentKey.order('names_order')})],
    if(document_type = 'touchpoint', [(toUInt8(2), ${documentKey.deal('names_order')})], []),
    arrayMap(other -> (toUInt8(3), cityHash64(other, 'order', names_order)),
      arrayFilter(other -> other != own_namespace, {namespaces_once:Array(String)}))
  )) AS candidate, candidate.1 AS place, candidate.2 AS candidate_key
  FROM (${namers})`

/** Orders and deals among the candidates that there are. */
const existing = `
  SELECT document_key FROM identity_work WHERE ${own} AND NOT is_deleted
  UNION ALL
  SELECT document_key FROM (${documentsBefore(`document_key IN (SELECT candidate_key FROM (${candidates}))`)})
  WHERE document_key NOT IN (${inWork})`

/** Orders of two shops may have one number: then it is not known which of them is meant. */
const resolved = `
  SELECT document_key, if(place < 3 OR length(keys) = 1, keys[1], 0) AS resolved_key FROM (
    SELECT document_key, place, groupUniqArray(candidate_key) AS keys FROM (${candidates})
    WHERE candidate_key IN (${existing})
    GROUP BY document_key, place
  )
  ORDER BY document_key, place LIMIT 1 BY document_key`

const content = (of: string) =>
  `cityHash64(${rest
    .split(/,\s*/)
    .map((column) => `${of}.${column}`)
    .join(', ')})`

const ownWork = `SELECT * FROM identity_work WHERE ${own}`

const withNamed = `
  SELECT work.* EXCEPT (linked_key), if(names_order = '', work.linked_key, resolved.resolved_key) AS linked_key
  FROM (${ownWork}) AS work
  LEFT JOIN (${resolved}) AS resolved USING (document_key)`

/** Only touches and deals name an order. */
const namesOrders = (settings: RefreshSettings) =>
  holds(settings, 'touchpoint_log') || holds(settings, 'deal_log')

/** New and changed documents as they are, vanished ones as tombstones; what did not change is not written. */
const writeDocuments = (settled: string) => `
  INSERT INTO identity_documents ${target}
  SELECT ${head}, settled.document_key, ${documentColumns
    .split(/,\s*/)
    .map((column) => `settled.${column}`)
    .join(', ')}
  FROM (${settled}) AS settled
  LEFT JOIN (
    SELECT document_key, true AS is_known, ${content('known')} AS known_content
    FROM (${documentsBefore(`document_key IN (${inWork})`)}) AS known
  ) AS known USING (document_key)
  WHERE if(settled.is_deleted, is_known, NOT is_known OR known_content != ${content('settled')})`

const changedKeys = `SELECT document_key FROM identity_documents WHERE ${own}`

/** Keys under which a document is found, each with whether it is for that only. */
const linkKeys = `arrayJoin(arrayConcat(
  arrayMap(key -> (key, false), arrayConcat(alias_keys, if(linked_key = 0, emptyArrayUInt64(), [linked_key]))),
  arrayMap(key -> (key, true), found_by))) AS link`

const writeLinks = `
  INSERT INTO identity_links (project_id, commit_id, alias_key, document_key, is_lookup, is_deleted)
  SELECT ${head}, link.1, document_key, link.2, NOT is_new FROM (
    SELECT document_key, link, max(of_now) AS is_new, max(NOT of_now) AS is_old FROM (
      SELECT document_key, ${linkKeys}, true AS of_now FROM identity_documents WHERE ${own} AND NOT is_deleted
      UNION ALL
      SELECT document_key, ${linkKeys}, false AS of_now
      FROM (${documentsBefore(`document_key IN (${changedKeys})`)})
    )
    GROUP BY document_key, link
  )
  WHERE is_new != is_old`

/** The same while nothing is known. */
const writeFirstLinks = `
  INSERT INTO identity_links (project_id, commit_id, alias_key, document_key, is_lookup, is_deleted)
  SELECT ${head}, link.1, document_key, link.2, false FROM (
    SELECT document_key, ${linkKeys} FROM identity_documents WHERE ${own}
  )`

/** Whether any document is known from earlier commits. */
export async function knowsDocuments(params: Params): Promise<boolean> {
  const found = await rows(`SELECT 1 FROM identity_documents WHERE ${beforeCommit} LIMIT 1`, params)
  return found.length > 0
}

type Run = (step: string, sql: string) => Promise<void>

/**
 * Computes what may have changed into `identity_work`.
 *
 * @returns whether anything is there
 */
async function computeWork(
  run: Run,
  settings: RefreshSettings,
  { hasOrders, isKnown, params }: { hasOrders: boolean; isKnown: boolean; params: Params }
): Promise<boolean> {
  const changed = changedDocuments(settings, hasOrders)
  const dirty = dirtyBy(settings, hasOrders)
  if (changed !== '') await run('work', changed)
  if (isKnown && settings.everything) await run('known', insertKnown(forgotten))
  else if (isKnown && dirty.length > 0) await run('known', insertKnown(foundDocuments(dirty)))
  // Most commits are about ad costs, and say nothing of anybody.
  return (await rows(`${inWork} LIMIT 1`, params)).length > 0
}

/**
 * Writes what the commit's changes say of who is who: after `order_work` is filled, before anybody asks for
 * persons. Costs the change: of documents that say what they said, nothing is written.
 *
 * @param hasOrders whether any orders were recomputed
 * @returns whether anything changed
 */
export async function writeIdentityLinks(
  version: Version,
  settings: RefreshSettings,
  hasOrders: boolean
): Promise<boolean> {
  const params = {
    ...refreshParams(version, settings),
    namespaces_once: [...new Set(settings.sources.map((source) => source.namespace))],
  }
  const run: Run = (step, sql) =>
    command(sql, {
      params,
      queryId: `commit-${version.commitId}-identity-${step}`,
      settings: { insert_deduplication_token: `${version.commitId}:identity:${step}` },
    })
  const isKnown = await knowsDocuments(params)
  if (!(await computeWork(run, settings, { hasOrders, isKnown, params }))) return false
  await run('documents', writeDocuments(namesOrders(settings) ? withNamed : ownWork))
  const [changed] = await together(
    rows(`${changedKeys} LIMIT 1`, params),
    run('links', isKnown ? writeLinks : writeFirstLinks),
    command(`ALTER TABLE identity_work DROP PARTITION ID '${BigInt(version.commitId)}'`)
  )
  return changed.length > 0
}
