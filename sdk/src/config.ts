import { z } from 'zod'

/** How a config field is shown and treated. */
export interface FieldHints {
  /** What the form calls the field. */
  label: string
  /** One sentence below the field. */
  help?: string
  /** Encrypted, write-only, redacted in logs. */
  secret?: true
  /** A host that requests go to: guarded, and editing it asks for the secrets again. */
  host?: true
  /** Name of the entry in `options` that lists the values to pick from. */
  pick?: string
  /** An uploaded file, opened with `ctx.file(field)`; the value is the file's opaque reference. */
  file?: true
}

/** JSON Schema of a config, as `GET /sources` shows it. */
export type ConfigForm = z.core.JSONSchema.ObjectSchema

/**
 * Attaches form hints to a config field. The schema itself is unchanged.
 *
 * @example field(z.string(), { label: 'Ad account', pick: 'accounts' })
 */
export const field = <S extends z.ZodType>(schema: S, hints: FieldHints): S =>
  schema.meta({ af: hints })

/**
 * JSON Schema of what a user types in (before defaults and transforms). Labels and help become
 * `title` and `description`, secrets are `writeOnly`, the other hints stand below `af`.
 */
export function configForm(schema: z.ZodObject): ConfigForm {
  const form = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => applyHints(jsonSchema),
  })
  return form as ConfigForm
}

function applyHints(node: z.core.JSONSchema.BaseSchema): void {
  const hints = hintsOf(node)
  if (hints === undefined) return
  const { label, help, ...rest } = hints
  node.title = label
  if (help !== undefined) node.description = help
  if (rest.secret === true) node.writeOnly = true
  if (Object.keys(rest).length > 0) node.af = rest
  else delete node.af
}

function hintsOf(node: z.core.JSONSchema.BaseSchema): FieldHints | undefined {
  const hints = node.af as FieldHints | undefined
  return hints?.label === undefined ? undefined : hints
}

function fieldsWith(schema: z.ZodObject, hint: 'secret' | 'host' | 'file'): string[] {
  const properties = Object.entries(configForm(schema).properties ?? {})
  return properties.filter(([, node]) => hasHint(node, hint)).map(([name]) => name)
}

function hasHint(node: z.core.JSONSchema._JSONSchema, hint: string): boolean {
  if (typeof node === 'boolean') return false
  const hints = node.af as Record<string, unknown> | undefined
  return hints?.[hint] === true
}

/** Names of the fields that belong into the encrypted credentials. */
export const secretFields = (schema: z.ZodObject): string[] => fieldsWith(schema, 'secret')

/** Names of the fields that hold a host or URL which requests go to. */
export const hostFields = (schema: z.ZodObject): string[] => fieldsWith(schema, 'host')

/** Names of the fields that refer to an uploaded file. */
export const fileFields = (schema: z.ZodObject): string[] => fieldsWith(schema, 'file')
