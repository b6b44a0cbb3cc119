import { configForm } from '@analyticaflow/sdk'
import { z } from 'zod'
import type { Source } from './registry/load.ts'

interface Hints {
  pick?: string
}

const hintsOf = (node: unknown): Hints | undefined =>
  typeof node === 'object' && node !== null && 'af' in node ? (node.af as Hints) : undefined

/** Fields whose values are picked from a list of the vendor, each with the name of its list. */
export function pickedFields(source: Pick<Source, 'config'>): ReadonlyMap<string, string> {
  const fields = Object.entries(configForm(source.config).properties ?? {})
  return new Map(
    fields.flatMap(([name, node]) => {
      const pick = hintsOf(node)?.pick
      return pick === undefined ? [] : [[name, pick]]
    })
  )
}

/**
 * The schema of a connection that is still being made: what is picked from a list of the vendor may be
 * missing, since the vendor shows it to a connection only.
 */
export function draftSchema(source: Pick<Source, 'config'>): z.ZodObject {
  const picked = pickedFields(source)
  const shape = Object.entries<z.ZodType>(source.config.shape)
  return z.object(
    Object.fromEntries(
      shape.map(([name, field]) => [name, picked.has(name) ? field.optional() : field])
    )
  )
}

/** Required fields that are still to be picked; none once the connection can run. */
export function unpickedFields(
  source: Pick<Source, 'config'>,
  values: Record<string, unknown>
): string[] {
  const picked = pickedFields(source)
  const parsed = source.config.safeParse(values)
  if (parsed.success) return []
  const missing = parsed.error.issues.map(({ path }) => String(path[0] ?? ''))
  return [...new Set(missing)].filter((name) => picked.has(name) && values[name] === undefined)
}
