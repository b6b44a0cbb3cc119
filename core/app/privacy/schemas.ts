import { z } from 'zod'
import { personAliases } from '#warehouse/public'

export const Alias = z
  .strictObject({
    type: z.enum(personAliases),
    value: z.string().trim().min(1).max(500),
    integration_id: z
      .string()
      .regex(/^[1-9]\d{0,17}$/)
      .optional()
      .describe(
        'Whose customer, contact, order or deal it is, where several sources have one of that number'
      ),
  })
  .meta({
    id: 'PersonAlias',
    description:
      'By what a person is known. E-mail addresses and phone numbers as people write them.',
  })
export type Alias = z.output<typeof Alias>

/** Numbers of orders and deals stay on the list: what they named is there anonymously. */
const liftable = ['email', 'phone', 'client', 'customer', 'contact'] as const
export const LiftableAlias = Alias.extend({ type: z.enum(liftable) }).meta({
  id: 'LiftableAlias',
  description: 'By what somebody is known, other than by the number of an order or a deal.',
})

const time = z.iso.datetime()

const shared = {
  id: z.string(),
  status: z.enum(['queued', 'running', 'done', 'failed']),
  alias_type: z.enum(personAliases),
  created_at: time,
  finished_at: time.nullable(),
  error: z.string().nullable().describe('What is wrong and what to do, while it has failed'),
  retry_at: time.nullable().describe('When it is tried again by itself'),
}

export const ExportView = z
  .object({
    ...shared,
    file_url: z.string().nullable().describe('While the file can be fetched'),
    file_size: z.int().nullable(),
    expires_at: time.nullable(),
  })
  .meta({ id: 'PersonExport' })

export const ErasureView = z
  .object({
    ...shared,
    step: z
      .enum(['requested', 'collected', 'published', 'rewritten', 'done'])
      .describe('From `published` on no report knows the person any more'),
  })
  .meta({ id: 'PersonErasure' })

export const PersonView = z
  .object({
    person_id: z.string(),
    is_shared: z
      .boolean()
      .describe('So many share this identifier that it says nothing of anybody: name another one'),
    integration_ids: z.array(z.string()),
    identifiers: z.array(
      z.object({
        type: z.string(),
        value: z.string().nullable().describe('Null where only a hash is known'),
        is_shared: z.boolean(),
      })
    ),
    documents: z.record(z.string(), z.int()).describe('How many of each type name the person'),
    touches: z.int(),
  })
  .meta({ id: 'PersonFound' })
