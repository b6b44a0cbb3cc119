/** `{ params: { linear: { days: 7 } } }` as `params[linear][days]=7`, as the API reads queries. */
export function nestedQuery(query: object): string {
  const params = new URLSearchParams()
  const add = (name: string, value: unknown): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) add(`${name}[${key}]`, item)
    } else if (typeof value === 'string' || typeof value === 'number') {
      params.append(name, String(value))
    }
  }
  for (const [key, value] of Object.entries(query)) add(key, value)
  return params.toString()
}
