import {
  canonical,
  encode,
  recordKey,
  RowRejected,
  SourceError,
  type BulkPage,
  type Canonical,
  type Kind,
  type Page,
  type Stream,
} from '@analyticaflow/sdk'
import { compiled } from '@analyticaflow/sdk/runtime'
import { isStored, type Rejection, type StagedLines } from '#warehouse/public'
import { bytesOfLines } from './line_bytes.ts'
import type { Counts } from './progress.ts'

/** Lines of one kind in one page. */
export interface PageLines extends StagedLines {
  bytes: readonly Uint8Array[]
}

/** A page as it goes into staging. */
export interface EncodedPage extends Counts {
  lines: PageLines[]
  rejections: Rejection[]
  /** Keys of records that are gone, or say nothing any more. */
  deleted: string[]
}

type RowsDefinition = Exclude<Stream['def'], { bulk: true }>

/** Numbers the facts of one record and kind; `diff` knows the character. */
const NEXT_FACT = '\u001f'

/** Lines that a source has encoded by itself. */
export function acceptBulk(page: BulkPage): EncodedPage {
  const loaded = page.bulk.reduce((sum, { rows }) => sum + rows, 0)
  if (page.read !== loaded + page.skipped + page.rejected.length) {
    throw new SourceError('vendor_response', 'The source lost count of its rows.')
  }
  return {
    lines: page.bulk.map(({ kind, bytes, ...lines }) => ({
      ...lines,
      bytes: [bytes],
      kind: storedKind(kind),
    })),
    rejections: page.rejected,
    deleted: [],
    read: page.read,
    loaded,
    skipped: page.skipped,
    rejected: page.rejected.length,
  }
}

function storedKind(kind: Kind) {
  if (isStored(kind)) return kind
  throw new SourceError('config_invalid', `Rows of the kind “${kind}” have no place here yet.`)
}

function listOf(texts: Map<Kind, string[]>, kind: Kind): string[] {
  const list = texts.get(kind) ?? []
  texts.set(kind, list)
  return list
}

interface EncodedRow {
  key: string
  /** None means that the record says nothing any more. */
  texts: [Kind, string][]
}

function rejectionOf({ field, userMessage }: RowRejected, raw: unknown): Rejection {
  return { line: 0, field, message: userMessage, raw: JSON.stringify(raw) }
}

function encodeRow(
  def: RowsDefinition,
  raw: unknown,
  config: Record<string, unknown>
): EncodedRow | RowRejected {
  const row = parseRow(def, raw)
  const key = recordKey(def.key.map((field) => row[field] as string | number | boolean))
  try {
    return { key, texts: encodeFacts(factsOf(def, row, config), key, raw) }
  } catch (error) {
    if (error instanceof RowRejected) return error
    throw error
  }
}

/**
 * Validates and maps the vendor's rows and encodes what comes out.
 *
 * @throws SourceError `row_invalid` if a row is not what the source says it is
 */
export function encodePage(
  def: RowsDefinition,
  page: Page<unknown>,
  config: Record<string, unknown>
): EncodedPage {
  const texts = new Map<Kind, string[]>()
  const rejections: Rejection[] = (page.rejected ?? []).map((row) => ({
    ...row,
    line: row.line ?? 0,
  }))
  const deleted = (page.deleted ?? []).map((values) => recordKey(values))
  let loaded = 0
  for (const raw of page.rows) {
    const encoded = encodeRow(def, raw, config)
    if (encoded instanceof RowRejected) {
      rejections.push(rejectionOf(encoded, raw))
      continue
    }
    if (encoded.texts.length === 0) deleted.push(encoded.key)
    for (const [kind, text] of encoded.texts) listOf(texts, kind).push(text)
    loaded += 1
  }
  return {
    lines: [...texts].map(([kind, parts]) => ({
      kind: storedKind(kind),
      bytes: bytesOfLines(parts),
    })),
    rejections,
    deleted,
    read: page.rows.length + (page.rejected?.length ?? 0),
    loaded,
    skipped: 0,
    rejected: rejections.length,
  }
}

function parseRow(def: RowsDefinition, raw: unknown): Record<string, unknown> {
  const parsed = compiled(def.row).safeParse(raw)
  if (parsed.success) return parsed.data as Record<string, unknown>
  const issue = parsed.error.issues[0]
  throw new SourceError('row_invalid', `A row is not as expected: ${issue?.message ?? 'unknown'}`, {
    field: issue?.path.join('.') ?? '',
    cause: parsed.error,
  })
}

interface Fact {
  kind: Kind
  row: Canonical[Kind]
}

function factsOf(def: RowsDefinition, row: unknown, config: Record<string, unknown>): Fact[] {
  const mapped = def.map(row, { config })
  const list = (Array.isArray(mapped) ? mapped : [mapped]) as unknown[]
  const { emits } = def
  // Rows of a stream that emits several kinds name theirs.
  const facts = list.map(
    (item) => (typeof emits === 'string' ? { kind: emits, row: item } : item) as Fact
  )
  for (const { kind, row: fact } of facts) {
    const checked = compiled(canonical[kind]).safeParse(fact)
    if (checked.success) continue
    const issue = checked.error.issues[0]
    throw new RowRejected(issue?.path.join('.') ?? '', issue?.message ?? 'The row is not valid')
  }
  return facts
}

function encodeFacts(facts: readonly Fact[], key: string, raw: unknown): [Kind, string][] {
  const seen = new Map<Kind, number>()
  const payload = JSON.stringify(raw)
  return facts.map(({ kind, row }) => {
    const ordinal = seen.get(kind) ?? 0
    seen.set(kind, ordinal + 1)
    const factKey = ordinal === 0 ? key : `${key}${NEXT_FACT}${ordinal}`
    return [kind, encode(kind, row, { key: factKey, payload })]
  })
}
