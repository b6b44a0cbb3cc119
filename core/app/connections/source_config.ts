import { hostFields, secretFields } from '@analyticaflow/sdk'
import type { z } from 'zod'
import { Problem, type FieldError } from '#shared/http/problem'
import { fieldErrors } from '#shared/http/validate'
import { draftSchema, pickedFields } from './draft_config.ts'
import { fileField } from './registry/registry.ts'
import type { Source } from './registry/load.ts'

type Values = Record<string, unknown>

/** The settings and the credentials of an integration. */
export interface ConfigParts {
  settings: Values
  credentials: Values
}

/** Under which name of the request a field of the config stands, for instance `settings.region`. */
type Place = (field: string) => string

function invalid(errors: FieldError[]): Problem {
  const detail = errors
    .slice(0, 3)
    .map(({ field, message }) => `${field}: ${message}`)
    .join('; ')
  return new Problem('validation_failed', { detail, errors })
}

const at = (place: Place, field: string) => {
  const [first = '', ...rest] = field.split('.')
  return [place(first), ...rest].filter(Boolean).join('.')
}

const unknownField = (field: string): FieldError => ({
  field,
  rule: 'unknown_field',
  message: 'There is no such field',
})

/** Fields that stand in the wrong half, or that the source does not have. */
function misplaced(source: Source, { settings, credentials }: ConfigParts): FieldError[] {
  const secret = new Set(secretFields(source.config))
  const known = new Set(Object.keys(source.config.shape))
  const inSettings = Object.keys(settings).flatMap((name): FieldError[] => {
    const field = `settings.${name}`
    if (!known.has(name)) return [unknownField(field)]
    const message = 'It is a secret, so it belongs into credentials'
    return secret.has(name) ? [{ field, rule: 'secret', message }] : []
  })
  const inCredentials = Object.keys(credentials).flatMap((name): FieldError[] => {
    const field = `credentials.${name}`
    if (!known.has(name)) return [unknownField(field)]
    const message = 'It is no secret, so it belongs into settings'
    return secret.has(name) ? [] : [{ field, rule: 'not_secret', message }]
  })
  return [...inSettings, ...inCredentials]
}

function parse(schema: z.ZodType<Values>, values: Values, place: Place): Values {
  const parsed = schema.safeParse(values)
  if (parsed.success) return parsed.data
  const errors = fieldErrors(parsed.error)
  throw invalid(errors.map((error) => ({ ...error, field: at(place, error.field) })))
}

/**
 * The config as the source's own schema makes it; of a draft, what is picked from a list of the vendor
 * may be missing.
 *
 * @throws Problem a 422 that names each field at fault as the request calls it
 */
export function parseConfig(source: Source, parts: ConfigParts, isDraft = false): Values {
  const errors = misplaced(source, parts)
  if (errors.length > 0) throw invalid(errors)
  const secret = new Set(secretFields(source.config))
  const schema = isDraft ? draftSchema(source) : source.config
  return parse(schema, { ...parts.settings, ...parts.credentials }, (field) =>
    secret.has(field) ? `credentials.${field}` : `settings.${field}`
  )
}

/** The config of an import: its spec, and the uploaded file where the schema asks for one. */
export function parseSpec(source: Source, spec: Values, fileKey: string): Values {
  const file = fileField(source)
  const errors = Object.keys(spec)
    .filter((name) => name === file || !(name in source.config.shape))
    .map((name) => unknownField(`spec.${name}`))
  if (errors.length > 0) throw invalid(errors)
  const values = { ...spec, ...(file !== undefined && { [file]: fileKey }) }
  return parse(source.config, values, (field) => (field === file ? 'file' : `spec.${field}`))
}

/** Changed values over the present ones; `null` takes a value away. */
export function merge(present: Values, changes: Values): Values {
  const merged = { ...present, ...changes }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null))
}

function differ(fields: readonly string[], before: ConfigParts, after: ConfigParts): boolean {
  const [old, now] = [before, after].map((parts) => ({ ...parts.settings, ...parts.credentials }))
  return fields.some((field) => JSON.stringify(old?.[field]) !== JSON.stringify(now?.[field]))
}

/** Whether requests go to another host than before. */
export const hasMoved = (source: Source, before: ConfigParts, after: ConfigParts): boolean =>
  differ(hostFields(source.config), before, after)

/** Whether something else is read than before: another host, or what was picked from the vendor's lists. */
export const readsAnother = (source: Source, before: ConfigParts, after: ConfigParts): boolean =>
  differ([...hostFields(source.config), ...pickedFields(source).keys()], before, after)

/**
 * Whoever may edit an integration could point it at a host of their own and read the secrets that
 * are sent there; so a new host needs them typed in again.
 */
export function guardHosts(
  source: Source,
  before: ConfigParts,
  after: ConfigParts,
  given: Values
): void {
  if (!hasMoved(source, before, after)) return
  const errors = Object.keys(before.credentials)
    .filter((name) => name in after.credentials && !(name in given))
    .map((name) => ({
      field: `credentials.${name}`,
      rule: 'host_changed',
      message: 'The host has changed, so enter this secret again',
    }))
  if (errors.length > 0) throw invalid(errors)
}
