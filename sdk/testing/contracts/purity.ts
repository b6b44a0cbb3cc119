import { canonical, RowRejected, type Kind } from '../../src/index.ts'
import { ContractFailure, expect, nameOf } from '../failure.ts'
import type { RowsDefinition } from '../simulation/stage.ts'

/** Notices whoever asks for the time or for chance, which stored rows cannot be replayed with. */
function watched<T>(work: () => T): { value: T; isImpure: boolean } {
  let isImpure = false
  const { Date: RealDate } = globalThis
  const { random } = Math
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args: unknown[]): object => {
      isImpure ||= args.length === 0
      return Reflect.construct(target, args) as object
    },
    get: (target, name): unknown => {
      isImpure ||= name === 'now'
      return Reflect.get(target, name)
    },
  })
  Math.random = () => {
    isImpure = true
    return random()
  }
  try {
    return { value: work(), isImpure }
  } finally {
    globalThis.Date = RealDate
    Math.random = random
  }
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const inner of Object.values(value)) frozen(inner)
  return Object.freeze(value)
}

interface Fact {
  kind: Kind
  row: unknown
}

function factsOf(def: RowsDefinition, row: unknown, config: Record<string, unknown>): Fact[] {
  const mapped = def.map(row, { config })
  const list = (Array.isArray(mapped) ? mapped : [mapped]) as unknown[]
  const { emits } = def
  return list.map((item) =>
    typeof emits === 'string' ? { kind: emits, row: item } : (item as Fact)
  )
}

function checkFact({ kind, row }: Fact): void {
  const result = canonical[kind].safeParse(row)
  const issue = result.error?.issues[0]
  const where = issue?.path.map(String).join('.') ?? ''
  expect(result.success, `map gives no ${kind}: ${where}: ${issue?.message ?? ''}`)
}

/** Maps one row twice. @throws ContractFailure unless `map` is pure and gives canonical rows */
export function checkMap(def: RowsDefinition, raw: string, config: Record<string, unknown>): void {
  const row = () => frozen(def.row.parse(JSON.parse(raw)))
  const attempt = () => {
    try {
      return watched(() => factsOf(def, row(), frozen(structuredClone(config))))
    } catch (error) {
      const what = error instanceof RowRejected ? 'rejects a row' : 'fails, or changes its row'
      throw new ContractFailure(`map ${what}: ${nameOf(error)}`, { cause: error })
    }
  }
  const first = attempt()
  const second = attempt()
  expect(!first.isImpure, 'map asks for the time or for chance: it has to be pure')
  const [one, two] = [first, second].map((result) => JSON.stringify(result.value))
  expect(one === two, 'map gives two results for one row: it has to be pure')
  for (const fact of first.value) checkFact(fact)
}
