import type { HttpContext } from '@adonisjs/core/http'
import { z } from 'zod'
import type { ProblemCode } from './problem.ts'
import type { Account, HttpMethod, Permission, ProjectContext } from './types.ts'
import { parseInput } from './validate.ts'

/** A response that is not (only) JSON: `media` lists every content type it may have. */
export interface MediaResponse<Schema extends z.ZodType | undefined = z.ZodType | undefined> {
  schema: Schema
  media: readonly string[]
}

export type ResponseSpec = z.ZodType | MediaResponse

/** No body at all (204). */
export const empty: MediaResponse<undefined> = { schema: undefined, media: [] }

/** Content that a handler writes to `ctx.response` itself: files, event streams. */
export function media(...types: string[]): MediaResponse<undefined> {
  return { schema: undefined, media: types }
}

/** JSON by default, the same as other content types on request. */
export function jsonOr<Schema extends z.ZodType>(
  schema: Schema,
  ...types: string[]
): MediaResponse<Schema> {
  return { schema, media: ['application/json', ...types] }
}

type BodyOf<Spec> = Spec extends z.ZodType
  ? z.input<Spec>
  : Spec extends MediaResponse<infer Schema>
    ? Schema extends z.ZodType
      ? z.input<Schema>
      : undefined
    : never

type PathParams<Path extends string> = Path extends `${infer Head}/${infer Tail}`
  ? PathParams<Head> & PathParams<Tail>
  : Path extends `:${infer Name}`
    ? Record<Name, string>
    : unknown

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

/** What a handler returns; nothing, where it has written to `ctx.response` itself. */
export interface Reply {
  status: number
  body: unknown
  headers: Record<string, string>
}

type Responses = Record<number, ResponseSpec>

export interface EndpointInput<
  Path extends string,
  P extends Permission,
  Query,
  Body,
  R extends Responses,
> {
  ctx: HttpContext
  /** The caller; absent only where the permission is `public`. */
  account: P extends 'public' ? undefined : Account
  project: P extends `project.${string}` ? ProjectContext : undefined
  params: PathParams<Path>
  query: Output<Query>
  body: Output<Body>
  reply: <Status extends keyof R & number>(
    status: Status,
    ...rest: BodyOf<R[Status]> extends undefined
      ? [body?: undefined, headers?: Record<string, string>]
      : [body: BodyOf<R[Status]>, headers?: Record<string, string>]
  ) => Reply
}

interface EndpointSpec<
  Path extends string,
  P extends Permission,
  Query extends z.ZodType | undefined,
  Body extends z.ZodType | undefined,
  R extends Responses,
> {
  method: HttpMethod
  /** Below /api/v1, with Adonis's `:param` segments. */
  path: Path
  permission: P
  tag: string
  summary: string
  description?: string
  /** Query parameters; they arrive as strings, so numbers are `z.coerce.number()`. */
  query?: Query
  /** A JSON body. Unknown keys of the outermost object answer 422. */
  body?: Body
  /** multipart/form-data parts for the description only: the handler streams them. */
  upload?: z.ZodObject
  responses: R
  /** Codes besides those that follow from the declaration (see openapi.ts). */
  problems?: ProblemCode[]
  /** `none` for probes; everything else counts per caller, or per address if public. */
  rateLimit?: 'api' | 'none'
  /** Mutations replay under an Idempotency-Key, unless their answer must not be stored. */
  idempotent?: boolean
  /** Outside /api/v1. */
  root?: boolean
  handle: (
    input: EndpointInput<Path, P, Query, Body, R>
  ) => Promise<Reply | undefined> | Reply | undefined
}

/** What the pipeline hands over: found out, but not yet validated. */
export interface RawInput {
  ctx: HttpContext
  account: Account | undefined
  project: ProjectContext | undefined
  query: unknown
  body: unknown
}

/** An endpoint with its types erased: what routing, the guard, OpenAPI and tests walk over. */
export interface Endpoint {
  readonly method: HttpMethod
  readonly path: string
  readonly permission: Permission
  readonly tag: string
  readonly summary: string
  readonly description: string | undefined
  readonly query: z.ZodType | undefined
  readonly body: z.ZodType | undefined
  readonly upload: z.ZodObject | undefined
  readonly responses: Responses
  readonly problems: readonly ProblemCode[]
  readonly rateLimit: 'api' | 'none'
  readonly idempotent: boolean
  readonly run: (raw: RawInput) => Promise<Reply | undefined>
}

/** TRICKY: `z.object` drops unknown keys silently; a misspelt field must be an error instead. */
function refuseUnknownKeys(schema: z.ZodType | undefined): z.ZodType | undefined {
  return schema instanceof z.ZodObject && schema.def.catchall === undefined
    ? schema.strict()
    : schema
}

/** Whether an Idempotency-Key is honoured: not for uploads, whose content is never held to compare. */
function isReplayable(spec: {
  method: HttpMethod
  permission: Permission
  upload?: z.ZodObject
}): boolean {
  return spec.method !== 'GET' && spec.permission !== 'public' && spec.upload === undefined
}

function makeReply(status: number, body?: unknown, headers: Record<string, string> = {}): Reply {
  return { status, body, headers }
}

/**
 * Declares an endpoint once: routing, validation, permission, the OpenAPI document and the test
 * that checks every answer all read this.
 */
export function endpoint<
  const Path extends string,
  P extends Permission,
  R extends Responses,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(spec: EndpointSpec<Path, P, Query, Body, R>): Endpoint {
  const query = refuseUnknownKeys(spec.query)
  const body = refuseUnknownKeys(spec.body)
  if (spec.permission.startsWith('project.') && !spec.path.includes(':project_id')) {
    throw new Error(`${spec.method} ${spec.path} needs :project_id for ${spec.permission}`)
  }

  return {
    method: spec.method,
    path: spec.root ? spec.path : `/api/v1${spec.path}`,
    permission: spec.permission,
    tag: spec.tag,
    summary: spec.summary,
    description: spec.description,
    query,
    body,
    upload: spec.upload,
    responses: spec.responses,
    problems: spec.problems ?? [],
    rateLimit: spec.rateLimit ?? 'api',
    idempotent: spec.idempotent ?? isReplayable(spec),
    run: async (raw) => {
      // The pipeline has established what the declaration promises; only the types are lost there.
      const input = {
        ctx: raw.ctx,
        account: raw.account,
        project: raw.project,
        params: raw.ctx.params,
        query: await parseInput(query, raw.query),
        body: await parseInput(body, raw.body),
        reply: makeReply,
      } as unknown as EndpointInput<Path, P, Query, Body, R>
      return spec.handle(input)
    },
  }
}
