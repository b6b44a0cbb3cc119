import { aliasColumn, aliasKey, aliasTypes, documentKey, nameKey } from './alias_keys.ts'
import { storedKinds, type StoredKind, type StoredKindName } from './kinds.ts'
import { namespace } from './order_documents.ts'

/** A refund is another document than the order of its number, see `factKey`. */
const refundKey = (id: string) => `cityHash64(${namespace}, 'refund', ${id})`
const fact = documentKey.fact('fact_id')

/** Keys of the documents that a row of a log is, or is a part of; 0 is none. */
const ownDocuments: Partial<Record<StoredKindName, readonly string[]>> = {
  order_line: [
    documentKey.order('order_id'),
    `if(line_type = 'refund', ${refundKey('order_id')}, 0)`,
  ],
  order: [documentKey.order('order_id')],
  refund: [refundKey('refund_id')],
  touchpoint: [fact],
  session: [fact],
  customer: [fact],
  deal: [documentKey.deal('deal_id')],
  lead: [documentKey.lead('lead_id')],
  custom_event: [documentKey.event('fact_id')],
}

/** The order that a row names. */
const namedOrder = (kind: StoredKindName): string[] => {
  const columns = { order_line: 'refund_of', refund: 'order_id', touchpoint: 'order_id' } as const
  if (!Object.hasOwn(columns, kind)) return []
  const column = columns[kind as keyof typeof columns]
  return [`if(${column} = '', 0, ${documentKey.order(column)})`]
}

/** By which `dirty_orders` and `dirty_documents` know them. */
const names: Partial<Record<StoredKindName, readonly string[]>> = {
  order_line: [nameKey('order', 'order_id')],
  order: [nameKey('order', 'order_id')],
  refund: [nameKey('order', 'refund_id'), nameKey('order', 'order_id')],
  deal: [nameKey('deal', 'deal_id')],
  lead: [nameKey('lead', 'lead_id')],
}

const has = ({ columns }: StoredKind, column: string) => columns.some(({ name }) => name === column)

/** Keys of the identifiers of a row; 0 is none. */
const aliases = (kind: StoredKind): string[] =>
  aliasTypes
    .filter((type) => has(kind, aliasColumn[type]))
    .map((type) => `if(${aliasColumn[type]} = '', 0, ${aliasKey[type](aliasColumn[type])})`)

const array = (keys: readonly string[]) =>
  keys.length === 0 ? 'emptyArrayUInt64()' : `[${keys.join(', ')}]`

/** A kind whose rows may be somebody's. */
export interface PersonalKind {
  name: StoredKindName
  kind: StoredKind
  /** Arrays of keys, as SQL over a row of its log. */
  aliases: string
  documents: string
  names: string
  /** Whether a row names one of the keys at hand. */
  isOf: (keys: string) => string
  /** Whether one of its identifiers does. */
  mentions: (keys: string) => string
  /**
   * Whether a row is somebody's who has these keys: its document says so, else its best identifier that is
   * not blocked, else the order that it names.
   */
  belongs: (keys: string, others: string, blocked: string) => string
}

function personalKind(name: StoredKindName): PersonalKind {
  const kind = storedKinds[name]
  const documents = ownDocuments[name] ?? []
  const named = namedOrder(name)
  const isAny = (all: readonly string[], keys: string) =>
    all.length === 0 ? 'false' : `(${all.map((key) => `${key} IN (${keys})`).join(' OR ')})`
  const open = (blocked: string) =>
    `arrayFirst(alias -> alias != 0 AND alias NOT IN (${blocked}), ${array(aliases(kind))})`
  return {
    name,
    kind,
    aliases: array(aliases(kind)),
    documents: array(documents),
    names: array(names[name] ?? []),
    isOf: (keys) => isAny([...aliases(kind), ...documents, ...named], keys),
    mentions: (keys) => isAny(aliases(kind), keys),
    belongs: (keys, others, blocked) => `multiIf(
      ${isAny(documents, keys)}, true, ${isAny(documents, others)}, false,
      ${open(blocked)} != 0, ${open(blocked)} IN (${keys}), ${isAny(named, keys)})`,
  }
}

export const personalKinds: readonly PersonalKind[] = (
  Object.keys(ownDocuments) as StoredKindName[]
).map(personalKind)
