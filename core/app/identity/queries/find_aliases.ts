import {
  aliasKey,
  documentsNow,
  hashedEmail,
  hashedPhone,
  linksNow,
  nameKey,
  rows,
  versionParams,
  type Version,
} from '#warehouse/public'
import { projectSalt } from '../project_salt.ts'

/** What people may look for: identifiers, and documents by their numbers. */
export const findableTypes = [
  'customer',
  'contact',
  'email',
  'phone',
  'client',
  'order',
  'deal',
  'lead',
] as const
export type FindableType = (typeof findableTypes)[number]

/** A value that was found, with its key. */
export interface FoundAlias {
  key: string
  type: FindableType
  value: string
}

/** The key follows from the value alone; whether anything holds it is looked up. */
const byKey = (key: string, value: string) => `
  SELECT DISTINCT alias_key AS key, ${value} AS value
  FROM (${linksNow(`alias_key = ${key}`)})`

/** Ids of a vendor's: the same id may be somebody else's in another namespace. */
const byValue = `
  SELECT DISTINCT held.1 AS key, {value:String} AS value
  FROM (
    SELECT arrayJoin(arrayFilter(
      alias -> alias.2 = {type:String} AND alias.3 = {value:String}, arrayZip(alias_keys, alias_types, alias_values)
    )) AS held
    FROM (${documentsNow(`document_key IN (
      SELECT document_key FROM identity_documents
      WHERE project_id = {project_id:UInt64} AND has(alias_values, {value:String})
    )`)})
  )`

const byName = (type: 'order' | 'deal' | 'lead') => `
  SELECT DISTINCT document_key AS key, document_id AS value
  FROM (${documentsNow(`document_key IN (
    SELECT document_key FROM (${linksNow(`alias_key = ${nameKey(type, '{value:String}')}`)})
  )`)})
  WHERE document_type = {type:String} AND document_id = {value:String}`

const email = hashedEmail('{value:String}')
const phone = hashedPhone('{value:String}')

const statements: Readonly<Record<FindableType, string>> = {
  customer: byValue,
  contact: byValue,
  email: byKey(aliasKey.email(email), email),
  phone: byKey(aliasKey.phone(phone), phone),
  client: byKey(aliasKey.client('{value:String}'), '{value:String}'),
  order: byName('order'),
  deal: byName('deal'),
  lead: byName('lead'),
}

/** Identifiers or documents of this value; e-mail addresses and phone numbers are given in clear. */
export async function findAliases(
  version: Version,
  type: FindableType,
  value: string
): Promise<FoundAlias[]> {
  const salt = await projectSalt(version.projectId)
  const found = await rows<{ key: string; value: string }>(
    `${statements[type]} ORDER BY key LIMIT 100`,
    {
      ...versionParams(version),
      type,
      value,
      salt,
    }
  )
  return found.map((row) => ({ ...row, type }))
}
