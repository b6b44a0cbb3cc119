import { z } from 'zod'

const known = new WeakMap<z.ZodType, z.ZodType>()

/**
 * The same schema with its checks made one function, for what is checked row by row. What it refuses is
 * checked once more as it is written, so that both refuse the same in the same words.
 */
export function compiled<S extends z.ZodType>(schema: S): S {
  const found = known.get(schema)
  if (found !== undefined) return found as S
  const made = z.compile(schema)
  known.set(schema, made)
  return made
}
