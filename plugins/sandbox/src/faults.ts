import { ControlError, MISHAPS, REFUSALS, type Mishap, type Refusal } from './vendor.ts'
import type { Fields } from './http/exchange.ts'

export interface Fault {
  vendor: string
  /** Endpoint that it is aimed at; `*` for all. */
  endpoint: string
  kind: Refusal | Mishap
  /** Requests that are let through before. */
  skip: number
  /** Requests that it befalls. */
  times: number
  /** How long `slow` takes. */
  seconds: number
  /** What `altered` puts in place of each text `find`. */
  find: string
  replace: string
  /** Where `redirected` leads. */
  to: string
}

const KINDS: readonly string[] = [...REFUSALS, ...MISHAPS]

const isKind = (value: unknown): value is Fault['kind'] => KINDS.includes(String(value))

function count(value: unknown, fallback: number): number {
  if (value === undefined) return fallback
  if (typeof value === 'number' && value >= 0) return value
  throw new ControlError(`${JSON.stringify(value)} is no count`)
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What only some kinds need. */
function detailOf({ kind, find, replace, to }: Fields): Pick<Fault, 'find' | 'replace' | 'to'> {
  const detail = { find: text(find), replace: text(replace), to: text(to) }
  if (kind === 'altered' && detail.find === '') throw new ControlError('altered needs what to find')
  if (kind === 'redirected' && detail.to === '') throw new ControlError('redirected needs where to')
  return detail
}

/** Reads `{vendor, endpoint?, kind, skip?, times?, seconds?, find?, replace?, to?}`. */
export function faultOf(body: Fields): Fault {
  const { vendor, endpoint, kind } = body
  if (typeof vendor !== 'string') throw new ControlError('A fault needs a vendor')
  if (!isKind(kind)) throw new ControlError(`A fault is one of ${KINDS.join(', ')}`)
  return {
    vendor,
    endpoint: typeof endpoint === 'string' ? endpoint : '*',
    kind,
    skip: count(body.skip, 0),
    times: count(body.times, 1),
    seconds: count(body.seconds, 1),
    ...detailOf(body),
  }
}

/** Faults that are waiting for a request. */
export class Faults {
  #waiting: Fault[] = []

  get waiting(): readonly Fault[] {
    return this.#waiting
  }

  add(fault: Fault): void {
    this.#waiting.push({ ...fault })
  }

  clear(): void {
    this.#waiting = []
  }

  /** The fault that befalls this request, if one does. */
  take(vendor: string, endpoint: string): Fault | undefined {
    const hits = this.#waiting.filter(
      (fault) => fault.vendor === vendor && ['*', endpoint].includes(fault.endpoint)
    )
    const due = hits.find(({ skip }) => skip === 0)
    for (const fault of hits) if (fault.skip > 0) fault.skip -= 1
    if (due === undefined) return undefined
    due.times -= 1
    this.#waiting = this.#waiting.filter(({ times }) => times > 0)
    return due
  }
}
