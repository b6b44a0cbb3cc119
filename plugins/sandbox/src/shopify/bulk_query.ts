import {
  getNamedType,
  isObjectType,
  Kind,
  parse,
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { refusals } from './validation.ts'
import { adminSchema } from './schema.ts'

/** https://shopify.dev/docs/api/usage/bulk-operations/queries#operation-restrictions */
const MAX_CONNECTIONS = 5
const MAX_DEPTH = 2

interface Found {
  connections: number
  faults: string[]
}

const isList = (type: { toString(): string }): boolean => type.toString().includes('[')

function fieldsOf(set: SelectionSetNode): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection]
    return selection.kind === Kind.INLINE_FRAGMENT ? fieldsOf(selection.selectionSet) : []
  })
}

interface Place {
  type: GraphQLObjectType
  depth: number
  isInList: boolean
}

const isWrapper = ({ name }: GraphQLObjectType): boolean => /(Connection|Edge)$/.test(name)

/** Where the selection of a field stands; undefined where it selects nothing. */
function placeBelow(field: FieldNode, { type, depth, isInList }: Place): Place | undefined {
  const definition = type.getFields()[field.name.value]
  const named = definition && getNamedType(definition.type)
  if (definition === undefined || !isObjectType(named)) return undefined
  const isPlainList = isList(definition.type) && !isWrapper(type) && !isWrapper(named)
  const isConnection = named.name.endsWith('Connection')
  return { type: named, depth: depth + (isConnection ? 1 : 0), isInList: isInList || isPlainList }
}

function inspect(set: SelectionSetNode, place: Place, found: Found): void {
  for (const field of fieldsOf(set)) {
    const below = placeBelow(field, place)
    if (below === undefined || field.selectionSet === undefined) continue
    if (below.depth > place.depth) note(below, found)
    inspect(field.selectionSet, below, found)
  }
}

function note({ depth, isInList }: Place, found: Found): void {
  found.connections += 1
  if (depth > MAX_DEPTH + 1) {
    found.faults.push('Bulk queries cannot be nested more than 2 levels deep.')
  }
  if (isInList) {
    const text = 'Queries that contain a connection field within a list field are not supported.'
    found.faults.push(text)
  }
}

const operationOf = (document: DocumentNode): OperationDefinitionNode | undefined =>
  document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)

export interface BulkQuery {
  document: DocumentNode
  faults: string[]
}

function parsed(query: string): DocumentNode | string {
  try {
    return parse(query)
  } catch (error) {
    return error instanceof Error ? error.message : 'syntax error'
  }
}

function structureFaults(operation: OperationDefinitionNode): string[] {
  const root = adminSchema().getQueryType()
  if (operation.operation !== 'query' || root == null) return ['Bulk queries have to be queries.']
  const found: Found = { connections: 0, faults: [] }
  inspect(operation.selectionSet, { type: root, depth: 0, isInList: false }, found)
  if (operation.selectionSet.selections.length !== 1) {
    found.faults.push('Bulk queries must have exactly one top level field.')
  }
  if (found.connections === 0) {
    found.faults.push('Bulk queries must contain at least one connection.')
  }
  if (found.connections > MAX_CONNECTIONS) {
    found.faults.push(`Bulk queries cannot contain more than ${MAX_CONNECTIONS} connections.`)
  }
  return [...new Set(found.faults)]
}

/** What Shopify has against a query in bulk, before it runs. */
export function bulkQueryOf(query: string): BulkQuery {
  const document = parsed(query)
  if (typeof document === 'string') {
    return { document: { kind: Kind.DOCUMENT, definitions: [] }, faults: [document] }
  }
  const invalid = refusals(document).map(({ message }) => message)
  if (invalid.length > 0) return { document, faults: invalid }
  const operation = operationOf(document)
  return { document, faults: operation ? structureFaults(operation) : ['No operation.'] }
}
