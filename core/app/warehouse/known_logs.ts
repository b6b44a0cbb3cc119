import { rows } from './client.ts'
import { storedKinds } from './kinds.ts'
import type { RefreshSettings } from './refresh.ts'
import { versionParams, type Version } from './versions.ts'

/** Which logs a refresh has to do with: statements about others need not be sent, nor planned. */
export interface KnownLogs {
  /** Those that hold anything of the project. */
  held: ReadonlySet<string>
  /** Those that the commit has written to. */
  changed: ReadonlySet<string>
}

const ofProject = 'project_id = {project_id:UInt64}'
const ofCommit = `${ofProject} AND commit_id = {commit_id:UInt64}`

async function holding(
  logs: readonly string[],
  version: Version,
  where: string
): Promise<ReadonlySet<string>> {
  const any = logs.map((log) => `(SELECT '${log}' AS log FROM ${log} WHERE ${where} LIMIT 1)`)
  if (any.length === 0) return new Set()
  const found = await rows<{ log: string }>(any.join(' UNION ALL '), versionParams(version))
  return new Set(found.map(({ log }) => log))
}

const all = Object.values(storedKinds).map(({ log }) => log)

/** Looks once, after the logs are written, for what all steps of a refresh ask. */
export async function withKnownLogs<Settings extends RefreshSettings>(
  version: Version,
  settings: Settings
): Promise<Settings & { logs: KnownLogs }> {
  const held = await holding(all, version, ofProject)
  const changed = await holding([...held], version, ofCommit)
  return { ...settings, logs: { held, changed } }
}

/** Whether the log may hold anything of the project. */
export const holds = ({ logs }: RefreshSettings, log: string): boolean =>
  logs?.held.has(log) ?? true

/** Whether the commit may have written to the log. */
export const wrote = ({ logs }: RefreshSettings, log: string): boolean =>
  logs?.changed.has(log) ?? true
