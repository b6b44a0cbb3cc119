/** A source's form, as its JSON Schema describes it. */

export type FieldKind = 'text' | 'secret' | 'number' | 'switch' | 'choice' | 'list' | 'pick'

export interface FormField {
  name: string
  label: string
  help: string | null
  kind: FieldKind
  isSecret: boolean
  /** A host that requests go to: a new one needs the secrets again. */
  isHost: boolean
  isRequired: boolean
  /** What applies where nothing is entered. */
  standard: unknown
  /** Of a choice. */
  choices: string[]
  /** Name of the list of the vendor that the value is picked from. */
  pick: string | null
  min: number | undefined
  max: number | undefined
  isInteger: boolean
  pattern: string | null
}

interface Node {
  type?: unknown
  title?: unknown
  description?: unknown
  default?: unknown
  enum?: unknown
  pattern?: unknown
  minimum?: unknown
  maximum?: unknown
  writeOnly?: unknown
  af?: { host?: unknown; pick?: unknown; file?: unknown }
}

export type ConfigSchema = Record<string, unknown>
export type Values = Record<string, unknown>

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined

const KINDS: Record<string, FieldKind> = {
  boolean: 'switch',
  integer: 'number',
  number: 'number',
  array: 'list',
}

function kindOf(node: Node): FieldKind {
  if (text(node.af?.pick) !== null) return 'pick'
  if (Array.isArray(node.enum)) return 'choice'
  if (node.writeOnly === true) return 'secret'
  return KINDS[String(node.type)] ?? 'text'
}

/** `lookbackDays` and `lookback_days` as words, for a field without a label. */
const wordsOf = (name: string): string =>
  name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .replace(/^./, (first) => first.toUpperCase())
    .trim()

function fieldOf(name: string, node: Node, required: ReadonlySet<unknown>): FormField {
  return {
    name,
    label: text(node.title) ?? wordsOf(name),
    help: text(node.description),
    kind: kindOf(node),
    isSecret: node.writeOnly === true,
    isHost: node.af?.host === true,
    isRequired: required.has(name) && node.default === undefined,
    standard: node.default,
    choices: Array.isArray(node.enum) ? node.enum.map(String) : [],
    pick: text(node.af?.pick),
    min: number(node.minimum),
    max: number(node.maximum),
    isInteger: node.type === 'integer',
    pattern: text(node.pattern),
  }
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

/** The fields of a source in the order in which it declares them; files come by another way. */
export function fieldsOf(config: ConfigSchema | null): FormField[] {
  const schema = config ?? {}
  const required = new Set<unknown>(Array.isArray(schema.required) ? schema.required : [])
  return Object.entries(asRecord(schema.properties))
    .map(([name, node]) => [name, asRecord(node) as Node] as const)
    .filter(([, node]) => node.af?.file !== true)
    .map(([name, node]) => fieldOf(name, node, required))
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0)

export type Fault = 'required' | 'pattern' | 'range'

const fitsRange = ({ min = -Infinity, max = Infinity }: FormField, figure: number): boolean =>
  Number.isFinite(figure) && figure >= min && figure <= max

function faultOf(field: FormField, value: unknown): Fault | null {
  if (isEmpty(value)) return field.isRequired ? 'required' : null
  if (field.kind === 'number') return fitsRange(field, Number(value)) ? null : 'range'
  if (field.pattern !== null && typeof value === 'string') {
    return new RegExp(field.pattern, 'u').test(value.trim()) ? null : 'pattern'
  }
  return null
}

interface Asked {
  values: Values
  /** Secrets that are stored need not be entered again. */
  hasCredentials?: boolean
  /** Fields that are picked once the connection stands. */
  laterPicks?: boolean
}

/** What is wrong, by the names of the fields; the server has the last word. */
export function faultsIn(
  fields: readonly FormField[],
  { values, hasCredentials = false, laterPicks = false }: Asked
): Record<string, Fault> {
  const faults = fields.flatMap((field) => {
    const value = values[field.name]
    if (isEmpty(value) && field.isSecret && hasCredentials) return []
    if (isEmpty(value) && field.pick !== null && laterPicks) return []
    const fault = faultOf(field, value)
    return fault === null ? [] : [[field.name, fault] as const]
  })
  return Object.fromEntries(faults)
}

function trimmed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(trimmed).filter((item) => item !== '')
  return typeof value === 'string' ? value.trim() : value
}

export interface Split {
  settings: Values
  credentials: Values
}

/** What is entered, apart: secrets are write-only. Empty fields are left out. */
export function splitValues(fields: readonly FormField[], values: Values): Split {
  const split: Split = { settings: {}, credentials: {} }
  for (const { name, isSecret } of fields) {
    const value = trimmed(values[name])
    if (!isEmpty(value)) split[isSecret ? 'credentials' : 'settings'][name] = value
  }
  return split
}

/** A change of what is saved: what is emptied is taken away, secrets stay unless entered anew. */
export function changesOf(fields: readonly FormField[], values: Values, saved: Values): Split {
  const split = splitValues(fields, values)
  const settings = fields.flatMap(({ name, isSecret }) => {
    if (isSecret) return []
    const [now, before] = [split.settings[name], saved[name]]
    if (JSON.stringify(now) === JSON.stringify(before)) return []
    return [[name, now ?? null] as const]
  })
  return { settings: Object.fromEntries(settings), credentials: split.credentials }
}

/** Another host is given the secrets only if they are entered again. */
export const needsSecretsAgain = (
  fields: readonly FormField[],
  values: Values,
  saved: Values
): boolean =>
  fields.some(({ isSecret }) => isSecret) &&
  fields.some(({ name, isHost }) => isHost && trimmed(values[name]) !== saved[name])

/** Faults the server names: `settings.accountId` is the field `accountId`. */
export const fieldNameOf = (path: string): string =>
  path.replace(/^(settings|credentials)\./, '').split('.')[0] ?? path
