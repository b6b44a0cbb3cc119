import { z } from 'zod'
import { version } from '#shared/version'
import type { Endpoint, ResponseSpec } from './endpoint.ts'
import { problemTable, ProblemView, type ProblemCode } from './problem.ts'
import { SchemaBook, type JsonSchema } from './json_schema.ts'

export interface Operation {
  operationId: string
  summary: string
  description?: string
  tags: string[]
  security: Record<string, string[]>[]
  parameters: Record<string, unknown>[]
  requestBody?: Record<string, unknown>
  responses: Record<string, ResponseObject>
}

export interface ResponseObject {
  description: string
  headers?: Record<string, unknown>
  content?: Record<string, { schema?: JsonSchema }>
}

export interface OpenApiDocument {
  openapi: '3.1.0'
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, JsonSchema> } & Record<string, unknown>
  [key: string]: unknown
}

const bodyProblems: ProblemCode[] = [
  'malformed_json',
  'payload_too_large',
  'unsupported_media_type',
  'validation_failed',
]

/** The codes an endpoint can answer by what it declares, whatever its handler does. */
export function problemCodesOf(endpoint: Endpoint): ProblemCode[] {
  const codes = new Set<ProblemCode>([...endpoint.problems, 'internal_error', 'unavailable'])
  const add = (...more: ProblemCode[]) => more.forEach((code) => codes.add(code))
  if (endpoint.permission !== 'public') {
    add('token_missing', 'token_invalid', 'token_expired', 'forbidden')
  }
  if (endpoint.rateLimit === 'api') add('rate_limited')
  if (/:(?!project_id)\w+/.test(endpoint.path)) add('not_found')
  if (endpoint.query !== undefined) add('validation_failed')
  if (endpoint.body !== undefined || endpoint.upload !== undefined) add(...bodyProblems)
  if (endpoint.idempotent) add('bad_request', 'idempotency_conflict')
  return [...codes]
}

/** `GET /api/v1/projects/:project_id` → `get_projects_by_project_id`: stable, and fit for clients. */
export function operationId(endpoint: Endpoint): string {
  const words = endpoint.path
    .replace('/api/v1', '')
    .split('/')
    .filter(Boolean)
    .map((part) => (part.startsWith(':') ? `by_${part.slice(1)}` : part))
  return [endpoint.method.toLowerCase(), ...words].join('_').replaceAll(/\W/g, '_')
}

export const openApiPath = (endpoint: Endpoint): string =>
  endpoint.path.replaceAll(/:(\w+)/g, '{$1}')

function parameters(endpoint: Endpoint, book: SchemaBook): Record<string, unknown>[] {
  const path = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const schema = endpoint.query === undefined ? {} : book.input(endpoint.query, { inline: true })
  const required = new Set(schema.required ?? [])
  const query = Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: 'query',
    required: required.has(name),
    schema: property,
    ...(property.type === 'object' || property.type === 'array'
      ? { style: property.type === 'object' ? 'deepObject' : 'form', explode: true }
      : {}),
  }))
  const header = endpoint.idempotent
    ? [{ $ref: '#/components/parameters/IdempotencyKey' } as Record<string, unknown>]
    : []
  return [...path, ...query, ...header]
}

function requestBody(endpoint: Endpoint, book: SchemaBook): Record<string, unknown> | undefined {
  if (endpoint.upload !== undefined) {
    const schema = book.input(endpoint.upload, { inline: true })
    return { required: true, content: { 'multipart/form-data': { schema } } }
  }
  if (endpoint.body === undefined) return undefined
  const schema = book.input(endpoint.body)
  const optional = endpoint.method === 'GET' || endpoint.body.safeParse({}).success
  return { required: !optional, content: { 'application/json': { schema } } }
}

function success(status: string, spec: ResponseSpec, book: SchemaBook): ResponseObject {
  const description = statusText[status] ?? 'Success'
  const { schema, media } =
    spec instanceof z.ZodType ? { schema: spec, media: ['application/json'] } : spec
  if (media.length === 0) return { description }
  const content = Object.fromEntries(
    media.map((type) => [
      type,
      type === 'application/json' && schema !== undefined ? { schema: book.output(schema) } : {},
    ])
  )
  return { description, content }
}

function failures(endpoint: Endpoint): Record<string, ResponseObject> {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of problemCodesOf(endpoint)) {
    const [status] = problemTable[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\`: ${problemTable[code][1]}`).join('\n\n'),
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    ])
  )
}

const statusText: Record<string, string> = {
  '200': 'OK',
  '201': 'Created',
  '202': 'Accepted: it goes on in the background',
  '204': 'Done, nothing to tell',
  '302': 'Elsewhere',
}

function operation(endpoint: Endpoint, book: SchemaBook): Operation {
  const body = requestBody(endpoint, book)
  const permission = `Permission: \`${endpoint.permission}\`.`
  return {
    operationId: operationId(endpoint),
    summary: endpoint.summary,
    description: [endpoint.description, permission].filter(Boolean).join('\n\n'),
    tags: [endpoint.tag],
    security: endpoint.permission === 'public' ? [] : [{ bearer: [] }],
    parameters: parameters(endpoint, book),
    ...(body !== undefined && { requestBody: body }),
    responses: {
      ...Object.fromEntries(
        Object.entries(endpoint.responses).map(([status, spec]) => [
          status,
          success(status, spec, book),
        ])
      ),
      ...failures(endpoint),
    },
  }
}

/** The OpenAPI document of these endpoints, made of nothing but their declarations. */
export function openApiDocument(endpoints: readonly Endpoint[]): OpenApiDocument {
  const book = new SchemaBook()
  book.output(ProblemView)
  const paths: OpenApiDocument['paths'] = {}
  for (const endpoint of endpoints) {
    const path = openApiPath(endpoint)
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint, book) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'AnalyticaFlow API',
      version,
      description: 'Times are ISO 8601, ids opaque strings, errors RFC 9457 problem+json.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: book.components,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'An access JWT of POST /api/v1/auth/token, or an API key (`af_…`)',
        },
      },
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          description: 'The same request under the same key runs once; the answer is repeated',
          schema: { type: 'string', minLength: 1, maxLength: 200 },
        },
      },
    },
  }
}
