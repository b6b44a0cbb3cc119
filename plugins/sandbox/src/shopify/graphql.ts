import {
  execute,
  getOperationAST,
  GraphQLError,
  Kind,
  parse,
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type OperationDefinitionNode,
  type ValueNode,
} from 'graphql'
import {
  fieldsOf,
  header,
  isFields,
  json,
  type Answer,
  type Asked,
  type Fields,
} from '../http/exchange.ts'
import type { Asking } from './asking.ts'
import type { Bucket } from './bucket.ts'
import type { BulkOperations } from './bulk.ts'
import { costOf, MAX_COST, type SizeOf } from './cost.ts'
import { badRequest, notPlayed, throttled, tooExpensive, type Cost } from './errors.ts'
import { executionOf } from './execution.ts'
import { adminSchema } from './schema.ts'
import { refusals } from './validation.ts'

interface Posted {
  query: string
  variables: Fields
  operationName?: string
}

function postedOf(asked: Asked): Posted | undefined {
  if (header(asked, 'content-type')?.startsWith('application/graphql')) {
    return { query: asked.body.toString('utf8'), variables: {} }
  }
  const body = fieldsOf(asked)
  if (typeof body?.query !== 'string') return undefined
  return {
    query: body.query,
    variables: isFields(body.variables) ? body.variables : {},
    ...(typeof body.operationName === 'string' && { operationName: body.operationName }),
  }
}

function parsed(query: string): DocumentNode | Answer {
  try {
    return parse(query)
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    return json(200, { errors: [error.toJSON()] })
  }
}

const integer = (value: ValueNode | undefined): number | undefined =>
  value?.kind === Kind.INT ? Number(value.value) : undefined

/** The number that a field asks for, literally or by a variable or its default. */
function numberGiven(
  field: FieldNode,
  name: string,
  variables: Fields,
  operation: OperationDefinitionNode
): number | undefined {
  const value = field.arguments?.find((argument) => argument.name.value === name)?.value
  if (value?.kind !== Kind.VARIABLE) return integer(value)
  const variable = value.name.value
  const given = variables[variable]
  if (typeof given === 'number') return given
  const all = operation.variableDefinitions ?? []
  return integer(all.find((one) => one.variable.name.value === variable)?.defaultValue)
}

const asAsked =
  (variables: Fields, operation: OperationDefinitionNode): SizeOf =>
  (field) =>
    numberGiven(field, 'first', variables, operation) ??
    numberGiven(field, 'last', variables, operation) ??
    1

/** The longest list that came at each place of an answer. */
function sizesOf(value: unknown, path: string, sizes: Map<string, number>): void {
  if (Array.isArray(value)) {
    for (const item of value) sizesOf(item, path, sizes)
    return
  }
  if (!isFields(value)) return
  const list = value.nodes ?? value.edges
  if (Array.isArray(list)) sizes.set(path, Math.max(sizes.get(path) ?? 0, list.length))
  for (const [name, inner] of Object.entries(value)) sizesOf(inner, `${path}/${name}`, sizes)
}

function asCame(result: ExecutionResult): SizeOf {
  const sizes = new Map<string, number>()
  sizesOf(result.data, '', sizes)
  return (_field, path) => sizes.get(`/${path.join('/')}`) ?? 0
}

interface Desk {
  bucket: Bucket
  bulk: BulkOperations
}

const costView = ({ bucket }: Desk, requested: number, actual: number | null): Cost => ({
  requestedQueryCost: requested,
  actualQueryCost: actual,
  throttleStatus: {
    maximumAvailable: bucket.maximum,
    currentlyAvailable: bucket.available,
    restoreRate: bucket.restoreRate,
  },
})

function executed(
  desk: Desk,
  asking: Asking,
  document: DocumentNode,
  posted: Posted
): ExecutionResult {
  const result = execute({
    ...executionOf(asking, desk.bulk),
    document,
    variableValues: posted.variables,
    ...(posted.operationName !== undefined && { operationName: posted.operationName }),
  })
  if ('then' in result) throw new Error('Nothing of the double is asynchronous')
  return result
}

function carriedOut(
  desk: Desk,
  asking: Asking,
  document: DocumentNode,
  posted: Posted,
  operation: OperationDefinitionNode
): Answer {
  const schema = adminSchema()
  const sizes = asAsked(posted.variables, operation)
  const requested = costOf(schema, document, operation, sizes)
  if (requested > MAX_COST) return tooExpensive(requested, MAX_COST)
  if (!desk.bucket.take(requested)) return throttled(costView(desk, requested, null))
  const result = executed(desk, asking, document, posted)
  if (asking.notPlayed.length > 0) return notPlayed([...new Set(asking.notPlayed)].join(', '))
  const actual = Math.min(requested, costOf(schema, document, operation, asCame(result)))
  desk.bucket.giveBack(requested - actual)
  return json(200, {
    ...(result.data !== undefined && { data: result.data }),
    ...(result.errors && { errors: result.errors.map((error) => error.toJSON()) }),
    extensions: {
      cost: costView(desk, requested, actual),
      ...(asking.warnings.length > 0 && { search: asking.warnings }),
    },
  })
}

/** A query against Shopify's own schema: validated, priced, limited, carried out. */
export function graphql(asked: Asked, asking: Asking, desk: Desk): Answer {
  const posted = postedOf(asked)
  if (posted === undefined) return badRequest()
  const document = parsed(posted.query)
  if ('status' in document) return document
  const errors = refusals(document)
  if (errors.length > 0) return json(200, { errors: errors.map((error) => error.toJSON()) })
  const operation = getOperationAST(document, posted.operationName)
  if (operation == null) return badRequest()
  return carriedOut(desk, asking, document, posted, operation)
}
