import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { currentDocument } from '#shared/http/describe_endpoint'
import type { Operation, ResponseObject } from '#shared/http/openapi'

const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
const compiled = new Map<string, ValidateFunction>()

/** Literal segments win over parameters, as in the router. */
function findPath(pathname: string): string | undefined {
  const parameters = (path: string) => path.split('{').length
  return Object.keys(currentDocument().paths)
    .filter((path) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname))
    .sort((a, b) => parameters(a) - parameters(b))[0]
}

function operationOf(method: string, pathname: string): { path: string; operation: Operation } {
  const path = findPath(pathname)
  const operation = path && currentDocument().paths[path]?.[method.toLowerCase()]
  if (!path || !operation) throw new Error(`${method} ${pathname} is not in the OpenAPI document`)
  return { path, operation }
}

function validator(pointer: string): ValidateFunction {
  const known = compiled.get(pointer)
  if (known) return known
  if (compiled.size === 0) ajv.addSchema(currentDocument(), 'api')
  const made = ajv.compile({ $ref: `api#${pointer}` })
  compiled.set(pointer, made)
  return made
}

const escape = (part: string) =>
  encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))

export interface Answer {
  status: number
  contentType: string | undefined
  body: unknown
}

/** The content type, which is one of those described; nothing where no content is described. */
function checkType(where: string, response: ResponseObject, answer: Answer): string | undefined {
  const described = Object.keys(response.content ?? {})
  const type = answer.contentType?.split(';')[0]
  const fits =
    described.length === 0 ? answer.body === undefined : described.includes(type ?? 'none')
  if (!fits) throw new Error(`${where} is ${type ?? 'empty'}, described: ${described.join(', ')}`)
  return type
}

/** Fails unless the document describes this answer: its status, its content type, its content. */
export function checkAnswer(method: string, pathname: string, answer: Answer): void {
  const { path, operation } = operationOf(method, pathname)
  const where = `${method} ${path} → ${answer.status}`
  const response = operation.responses[String(answer.status)]
  if (!response) throw new Error(`${where} is not described: ${JSON.stringify(answer.body)}`)

  const type = checkType(where, response, answer)
  if (type === undefined || !response.content?.[type]?.schema) return
  const pointer = [
    'paths',
    path,
    method.toLowerCase(),
    'responses',
    String(answer.status),
    'content',
  ]
  const validate = validator(`/${[...pointer, type, 'schema'].map(escape).join('/')}`)
  if (!validate(answer.body)) {
    throw new Error(`${where} is not as described: ${ajv.errorsText(validate.errors)}`)
  }
}
