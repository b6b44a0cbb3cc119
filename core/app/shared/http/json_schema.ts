import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'

export interface JsonSchema {
  type?: string | string[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  [keyword: string]: unknown
}

/**
 * JSON Schemas of zod schemas, with everything that has a `meta({ id })` under `components/schemas`.
 *
 * What a client sends and what it receives differ where a schema has defaults or transforms, so a
 * named schema has `Input` behind its name where it is part of a request.
 */
export class SchemaBook {
  readonly components: Record<string, JsonSchema> = {}

  input(schema: z.ZodType, options: { inline?: boolean } = {}): JsonSchema {
    return this.#convert(schema, 'input', options.inline ?? false)
  }

  output(schema: z.ZodType): JsonSchema {
    return this.#convert(schema, 'output', false)
  }

  #convert(schema: z.ZodType, io: 'input' | 'output', inline: boolean): JsonSchema {
    // Dates, transforms and custom checks have no JSON Schema; they accept anything here.
    const converted = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema
    const { $schema: _, $defs, ...own } = converted
    const rename = (name: string) => (io === 'input' ? `${name}Input` : name)
    const { [inline ? rootName(own) : '']: root = own, ...definitions } = {
      ...($defs as Record<string, JsonSchema> | undefined),
    }
    for (const [name, definition] of Object.entries(definitions)) {
      this.#name(rename(name), relink(definition, rename))
    }
    return relink(root, rename)
  }

  /** Two shapes under one name would describe one of them as the other. */
  #name(name: string, schema: JsonSchema): void {
    const known = this.components[name]
    if (known && !isDeepStrictEqual(known, schema)) {
      throw new Error(`Two different schemas are named "${name}"`)
    }
    this.components[name] = schema
  }
}

/** A schema with a name of its own comes as a reference to itself. */
const rootName = ({ $ref }: JsonSchema): string =>
  typeof $ref === 'string' ? $ref.replace('#/$defs/', '') : ''

/** Points `#/$defs/x` at `#/components/schemas/x` and drops `id`, which OpenAPI has no use for. */
function relink(schema: JsonSchema, rename: (name: string) => string): JsonSchema {
  const walk = (value: unknown, insideProperties = false): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key, item]) => insideProperties || key !== 'id' || typeof item !== 'string')
        .map(([key, item]) => {
          if (key === '$ref' && typeof item === 'string') {
            return [key, `#/components/schemas/${rename(item.replace('#/$defs/', ''))}`]
          }
          return [key, walk(item, key === 'properties' || key === 'patternProperties')]
        })
    )
  }
  return walk(schema) as JsonSchema
}
