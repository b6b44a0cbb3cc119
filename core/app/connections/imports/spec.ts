import { kindsOf } from '@analyticaflow/sdk'
import { isStored } from '#warehouse/public'
import { refuseUnstorable } from '#shared/http/body'
import { Problem, invalidField } from '#shared/http/problem'
import { allSources, fileField } from '../registry/registry.ts'
import type { Source } from '../registry/load.ts'
import { parseSpec } from '../source_config.ts'

export interface ImportSpec {
  source: Source
  name: string
  /** What the user sent, with its name. */
  settings: Record<string, unknown>
}

/** Stands for the file until it is stored. */
const UNSTORED = 'upload'

const MAX_NAME = 200

export function parseSpecText(text: string): Record<string, unknown> {
  let spec: unknown
  try {
    spec = JSON.parse(text)
  } catch {
    throw invalidField('spec', 'json', 'The spec is not valid JSON')
  }
  if (typeof spec !== 'object' || spec === null || Array.isArray(spec)) {
    throw invalidField('spec', 'object', 'The spec is not a JSON object')
  }
  refuseUnstorable(spec, 'spec')
  return spec as Record<string, unknown>
}

function nameOf(given: unknown, fileName: string): string {
  const name = given === undefined ? fileName.slice(0, MAX_NAME) : given
  if (typeof name === 'string' && name.trim() !== '' && name.trim().length <= MAX_NAME) {
    return name.trim()
  }
  throw invalidField(
    'spec.name',
    'name',
    `The name has to be a text of 1 to ${MAX_NAME} characters`
  )
}

const named = (source: Source, spec: Record<string, unknown>, name: string) =>
  'name' in source.config.shape ? { ...spec, name } : spec

/** What is wrong with the spec for this source; `undefined`: nothing. */
function problemOf(source: Source, spec: Record<string, unknown>): Problem | undefined {
  try {
    parseSpec(source, spec, UNSTORED)
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

/** Rows that the warehouse has no place for yet would only fail later, in the worker. */
function refuseHomeless(source: Source, settings: Record<string, unknown>): void {
  const config = parseSpec(source, settings, UNSTORED)
  const streams = Object.values(source.streams).filter(({ def }) => def.when?.(config) ?? true)
  const homeless = streams.flatMap(kindsOf).find((kind) => !isStored(kind))
  if (homeless === undefined) return
  throw invalidField(
    'spec.kind',
    'unsupported',
    `Rows of the kind “${homeless}” cannot be imported yet`
  )
}

/**
 * The source that reads files of this spec: one with a file field whose schema accepts it. A spec
 * without a name takes the file's.
 *
 * @throws Problem a 422 that says what is wrong, by the source that comes closest
 */
export function resolveSpec(sent: Record<string, unknown>, fileName: string): ImportSpec {
  const name = nameOf(sent.name, fileName)
  const { name: _given, ...spec } = sent
  const candidates = allSources().filter((source) => fileField(source) !== undefined)
  const judged = candidates.map((source) => {
    const settings = named(source, spec, name)
    return { source, settings, problem: problemOf(source, settings) }
  })
  const accepted = judged.find(({ problem }) => problem === undefined)
  if (accepted) {
    refuseHomeless(accepted.source, accepted.settings)
    return { source: accepted.source, name, settings: accepted.settings }
  }
  const [closest] = judged
    .flatMap(({ problem }) => problem ?? [])
    .toSorted((a, b) => (a.errors?.length ?? 0) - (b.errors?.length ?? 0))
  throw closest ?? new Problem('unavailable', { detail: 'No source that reads files is installed' })
}
