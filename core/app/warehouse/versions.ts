import type { Params } from './client.ts'

/**
 * A point in a project's history: its published commits up to one. Commits that were begun and
 * never published are named until a sweep has removed their rows.
 */
export interface Version {
  projectId: string
  commitId: string
  aborted: readonly string[]
  /** Of the newest erasure: it rewrote what commits before it left, so that these cannot be read any more. */
  readableFrom?: string
}

/** Parameters that the fragments below refer to. */
export function versionParams(version: Version): Params {
  return {
    project_id: version.projectId,
    commit_id: version.commitId,
    // Numbers: in an array, text would be quoted.
    aborted: version.aborted.map(BigInt),
  }
}

/** Rows of a log that belong to the version. */
export const inVersion =
  'project_id = {project_id:UInt64} AND commit_id <= {commit_id:UInt64} AND commit_id NOT IN {aborted:Array(UInt64)}'

/** The same, without the commit in work. */
export const beforeCommit =
  'project_id = {project_id:UInt64} AND commit_id < {commit_id:UInt64} AND commit_id NOT IN {aborted:Array(UInt64)}'

export type Layer = 'orders' | 'kpi' | 'touch' | 'journeys'

const sliced = (layer: Layer, version: string) =>
  `project_id = {project_id:UInt64} AND (date, generation) IN (
    SELECT date, max(commit_id) FROM slices WHERE ${version} AND layer = '${layer}' GROUP BY date
  )`

/** Rows of a derived table that belong to the version: of each day its newest published build. */
export const inSlices = (layer: Layer): string => sliced(layer, inVersion)

/** The same, as it stood before the commit in work. */
export const inSlicesBefore = (layer: Layer): string => sliced(layer, beforeCommit)

/**
 * The newest version of each fact of a log, deleted ones left out; the last facts come first.
 *
 * TRICKY: all keys descend together, as the log is sorted; mixed directions would sort in memory.
 */
export function currentFacts(log: string, grain: string, columns: string, where: string): string {
  return `SELECT ${columns} FROM (
    ${versions(log, grain, where)}
    LIMIT 1 BY ${grain}, fact_id
  ) WHERE NOT is_deleted`
}

/** The same of facts that have one version each. */
export function onlyFacts(log: string, _grain: string, columns: string, where: string): string {
  return `SELECT ${columns} FROM ${log} WHERE ${where} AND NOT is_deleted`
}

const versions = (log: string, grain: string, where: string) =>
  `SELECT * FROM ${log} WHERE ${where}
    ORDER BY project_id DESC, ${grain} DESC, fact_id DESC, commit_id DESC`
