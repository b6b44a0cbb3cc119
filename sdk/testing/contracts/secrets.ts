import { inspect } from 'node:util'
import type { Context } from '../../src/index.ts'
import { expect, failureOf } from '../failure.ts'
import type { NetworkGuard } from '../network_guard.ts'
import type { Contract, Plan } from '../plan.ts'
import { Store } from '../simulation/store.ts'
import type { VendorReply, VendorRequest } from '../spec.ts'
import type { World } from '../world.ts'

/** An error with everything that hangs on it. */
function textOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return inspect(error)
  const detail = 'detail' in error ? JSON.stringify(error.detail) : ''
  const own = Object.values(error).filter((value) => typeof value === 'string')
  const inner = error.cause === undefined || depth > 5 ? '' : textOf(error.cause, depth + 1)
  return [error.message, error.stack ?? '', detail, ...own, inner].join('\n')
}

/** What a secret may look like. */
function formsOf(secret: string): string[] {
  const path = URL.canParse(secret) ? [new URL(secret).pathname.replace(/\/$/, '')] : []
  const texts = [secret, ...path].filter((text) => text.length >= 8)
  return texts.flatMap((text) => [
    text,
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
    Buffer.from(text).toString('base64').replace(/=+$/, ''),
  ])
}

/** Everything that a source gave out, by where. */
type Seen = Record<'log' | 'error' | 'position' | 'row' | 'option', string[]>

const nothing = (): Seen => ({ log: [], error: [], position: [], row: [], option: [] })

async function readOptions({ source }: World, context: Context, seen: Seen): Promise<void> {
  for (const list of Object.values(source.options ?? {})) {
    const attempt = async () => seen.option.push(JSON.stringify(await list(context, '')))
    const error = await failureOf(attempt())
    if (error !== undefined) seen.error.push(textOf(error))
  }
}

/** Everything that a source can do, in one world. */
async function live(world: World): Promise<Seen> {
  const seen = nothing()
  const context = world.context()
  const errors = [await failureOf(world.source.check(context))]
  await readOptions(world, context, seen)
  for (const [name] of world.streams) {
    const store = new Store()
    errors.push(await failureOf(world.run(name, store)))
    seen.position.push(...store.positions)
    seen.row.push(store.text())
  }
  seen.error.push(...errors.filter((error) => error !== undefined).map((error) => textOf(error)))
  seen.log.push(...world.logs)
  return seen
}

function assertSealed(world: World, seen: Seen): void {
  const forms = [...world.credentials.secrets].flatMap(formsOf)
  for (const [where, texts] of Object.entries(seen)) {
    const isClean = texts.every((text) => !forms.some((form) => text.includes(form)))
    expect(isClean, `a secret can be seen in: ${where}`)
  }
}

/** Vendors quote what they were sent; nobody may pass that on. */
const echo = ({ url, headers, body }: VendorRequest): string =>
  JSON.stringify({ url: url.href, headers, body })

const ELSEWHERE = 'elsewhere.invalid'

type Trouble = (request: VendorRequest) => VendorReply | undefined

const troubles: Trouble[] = [
  () => undefined,
  (request) => ({ status: 400, text: echo(request) }),
  (request) => ({ status: 500, text: `<html>${echo(request)}` }),
  (request) => ({ text: `<html>${echo(request)}`, headers: { 'content-type': 'text/html' } }),
  (request) => ({ json: { error: echo(request) } }),
  () => ({ status: 302, headers: { location: `https://${ELSEWHERE}/` } }),
]

async function checkTrouble(plan: Plan, trouble: Trouble): Promise<void> {
  const world = plan.world()
  world.vendor.fault = trouble
  assertSealed(world, await live(world))
  const isAway = world.vendor.calls.some(({ host }) => host === ELSEWHERE)
  expect(!isAway, 'a redirect leads to a host that is not declared')
}

async function checkRevoked(plan: Plan): Promise<void> {
  const world = plan.world()
  world.credentials.isRevoked = true
  assertSealed(world, await live(world))
}

function assertDoors(guard: NetworkGuard): void {
  const [first] = guard.attempts
  expect(first === undefined, `${first ?? ''} is used instead of ctx.http`)
}

export const secrets: Contract = {
  id: 'secrets',
  title: 'no secret is seen, no other door is used',
  run: async (plan, guard) => {
    for (const trouble of troubles) await checkTrouble(plan, trouble)
    await checkRevoked(plan)
    assertDoors(guard)
  },
}
