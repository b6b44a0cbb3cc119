import { z } from 'zod'
import { reasons } from './explain.ts'
import { findableTypes } from './queries/find_aliases.ts'
import type { KnownDocument } from './queries/known_documents.ts'
import type { Node } from './queries/nodes.ts'

/** What is kept of it is a salted hash. */
const hashedTypes = new Set(['email', 'phone'])

export const NodeView = z
  .object({
    alias_id: z.string(),
    type: z
      .string()
      .describe('`customer`, `contact`, `email`, `phone`, `client`, or what a document is'),
    value: z.string(),
    is_hashed: z
      .boolean()
      .describe('The value is a salted hash; the address or number is not kept'),
  })
  .meta({
    id: 'IdentityNode',
    description: 'An identifier, or a document that belongs to a person',
  })

/** Of a key that no document holds any more, only the key is known. */
export const nodeView = (key: bigint, node: Node | undefined): z.input<typeof NodeView> => ({
  alias_id: String(key),
  type: node?.type ?? '',
  value: node?.value ?? '',
  is_hashed: hashedTypes.has(node?.type ?? ''),
})

export const DocumentView = z
  .object({
    alias_id: z.string(),
    type: z.string(),
    id: z.string().describe('As the vendor calls it'),
    time: z.string().nullable(),
    integration_id: z.string(),
    commit_id: z.string().describe('The publication that brought it as it is'),
  })
  .meta({
    id: 'IdentityDocument',
    description: 'What says who is who: an order, a deal, a customer, a visit',
  })

export const documentView = (document: KnownDocument): z.input<typeof DocumentView> => ({
  alias_id: String(document.key),
  type: document.type,
  id: document.id,
  time: document.time === 0 ? null : new Date(document.time).toISOString(),
  integration_id: document.integrationId,
  commit_id: document.commitId,
})

export const EdgeView = z
  .object({
    from: NodeView,
    to: NodeView,
    reason: z
      .enum(reasons)
      .describe(
        '`named_together`: a document holds both; `belongs_to`: the document holds the identifier; `names`: it names the other document'
      ),
    documents: z.array(DocumentView).describe('What says so, the earliest first; at most ten'),
    documents_count: z.int(),
  })
  .meta({ id: 'IdentityEdge', description: 'Why two identifiers or documents are one person’s' })

export const PersonView = z
  .object({
    person_id: z.string(),
    identifiers: z.array(NodeView),
    documents: z.array(DocumentView).describe('What belongs to the person, the earliest first'),
    edges: z.array(EdgeView),
    blocked: z.array(NodeView).describe('Identifiers in its documents that join nobody'),
    chain: z
      .array(EdgeView)
      .nullable()
      .describe('The shortest way between the two that were asked for; empty: they are the same'),
    is_complete: z.boolean().describe('false: only the earliest documents were looked at'),
  })
  .meta({ id: 'Person' })

export const FoundPersonView = z
  .object({ person_id: z.string(), matched: NodeView })
  .meta({ id: 'FoundPerson' })

export const SplitView = z
  .object({
    id: z.string(),
    from: NodeView,
    to: NodeView,
    note: z.string(),
    created_by: z.string().nullable(),
    created_at: z.string(),
    is_settled: z.boolean().describe('Whether reports follow it already'),
  })
  .meta({ id: 'IdentitySplit', description: 'Two that are not one person, whatever documents say' })

export const SettingsView = z
  .object({
    max_links: z.int().describe('An identifier that is tied to more others than this joins nobody'),
    is_settled: z.boolean().describe('Whether reports follow it already'),
    splits_settled: z
      .boolean()
      .describe('Whether reports follow all splits already, undone ones included'),
  })
  .meta({ id: 'IdentitySettings' })

export const BlockedView = z
  .object({
    alias: NodeView,
    links: z.int().describe('Other identifiers that it stands together with'),
    documents: z.int(),
  })
  .meta({ id: 'BlockedIdentifier' })

export const findQuery = z.object({
  alias_type: z.enum(findableTypes),
  alias_value: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .describe('E-mail addresses and phone numbers in clear'),
})
