import type { Option } from '@analyticaflow/sdk'
import { Problem } from '#shared/http/problem'
import { askVendor, type AskedConnection } from './ask_vendor.ts'
import { pickedFields } from './draft_config.ts'
import { asProblem } from './problems.ts'

/** A longer list is of no use to anybody: they search. */
const MOST = 1000

const cleaned = ({ value, label, group, badge }: Option): Option => ({
  value: String(value),
  label: String(label),
  ...(group !== undefined && { group: String(group) }),
  ...(badge !== undefined && { badge: String(badge) }),
})

/**
 * What a field can be picked from, as the vendor lists it.
 *
 * @throws Problem a 404 for a field that is not picked, what `asProblem` says where the vendor fails
 */
export async function listOptions(
  asked: AskedConnection,
  field: string,
  search: string
): Promise<Option[]> {
  const { source } = asked
  const list = source.options?.[pickedFields(source).get(field) ?? '']
  if (list === undefined) {
    throw new Problem('not_found', { detail: `“${field}” is not picked from a list` })
  }
  try {
    const options = await askVendor(asked, (context) => list(context, search))
    return options.slice(0, MOST).map(cleaned)
  } catch (error) {
    throw asProblem(error, source)
  }
}
