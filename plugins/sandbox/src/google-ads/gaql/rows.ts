import { FIELDS, type Fact, type Field, type Resource } from './fields.ts'
import type { Plan } from './resolve.ts'

const camel = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

type Json = Record<string, unknown>

interface Column {
  field: Field
  path: string[]
}

/** Names of resources that come although nobody asked: of every one that is touched. */
function ownNames(plan: Plan): Field[] {
  const touched = new Set<Resource>([plan.from])
  for (const { resource } of plan.select) if (resource !== undefined) touched.add(resource)
  const names = [...touched].map((resource) => `${resource}.resource_name`)
  if (plan.select.some(({ name }) => name.startsWith('ad_group_ad.ad.'))) {
    names.push('ad_group_ad.ad.resource_name')
  }
  return names.flatMap((name) => FIELDS.get(name) ?? [])
}

/** int64 is text in JSON, int32 and double are numbers; what is not set is absent. */
function encoded({ type }: Field, value: string | number | boolean): unknown {
  return type === 'int64' ? String(value) : value
}

function put(target: Json, path: readonly string[], value: unknown): void {
  let at = target
  for (const name of path.slice(0, -1)) at = (at[name] ??= {}) as Json
  at[path.at(-1) ?? ''] = value
}

/** How facts of this query look in an answer. */
export function encoder(plan: Plan): (fact: Fact) => Json {
  const fields = new Set([...(plan.hasOwnNames ? ownNames(plan) : []), ...plan.select])
  const columns: Column[] = [...fields].map((field) => ({
    field,
    path: field.name.split('.').map(camel),
  }))
  return (fact) => {
    const row: Json = {}
    for (const { field, path } of columns) {
      const value = field.read(fact)
      if (value !== undefined) put(row, path, encoded(field, value))
    }
    return row
  }
}

export const fieldMask = ({ select }: Plan): string =>
  select.map(({ name }) => name.split('.').map(camel).join('.')).join(',')
