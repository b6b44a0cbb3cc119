import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

/**
 * What a query costs: https://shopify.dev/docs/api/usage/limits#cost-calculation
 *
 * Scalars nothing, objects 1, a mutation 10, a connection by how much it may hold. By how much is not
 * published. Shopify reported 25 for `product{variants(first:250){nodes{inventoryItem{id}}}}`, and
 * queries that would cost thousands if every element counted run: this grows with the logarithm, so
 * that 250 elements weigh as 12. Amounts of money and wrappers without a meaning of their own are
 * taken as values.
 */
export const MAX_COST = 1000
const MUTATION = 10
const VALUES = /^(MoneyBag|MoneyV2|PageInfo|Count|UTMParameters|\w+(Connection|Edge))$/

export const weightOf = (size: number): number =>
  size <= 0 ? 0 : Math.max(1, Math.round(1 + 2 * Math.log(size)))

/** How many elements a connection may bring: as asked for, or as came. */
export type SizeOf = (field: FieldNode, path: readonly string[]) => number

interface Walk {
  schema: GraphQLSchema
  fragments: Map<string, FragmentDefinitionNode>
  sizeOf: SizeOf
}

function fieldsOf(type: GraphQLNamedType): Record<string, GraphQLField<unknown, unknown>> {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields() : {}
}

interface Part {
  cost: number
  /** Whether it counts beside others, or only as one of several possible types. */
  isCertain: boolean
}

function partOf(
  walk: Walk,
  selection: SelectionNode,
  type: GraphQLNamedType,
  path: readonly string[]
): Part {
  if (selection.kind === Kind.FIELD) {
    return { cost: fieldCost(walk, selection, type, path), isCertain: true }
  }
  const isNamed = selection.kind === Kind.FRAGMENT_SPREAD
  const fragment = isNamed ? walk.fragments.get(selection.name.value) : selection
  if (fragment === undefined) return { cost: 0, isCertain: true }
  const on = fragment.typeCondition && walk.schema.getType(fragment.typeCondition.name.value)
  const cost = selectionCost(walk, fragment.selectionSet, on ?? type, path)
  return { cost, isCertain: on === undefined || on === type }
}

/** Fragments on possible types count as the dearest of them. */
function selectionCost(
  walk: Walk,
  set: SelectionSetNode,
  type: GraphQLNamedType,
  path: readonly string[]
): number {
  const parts = set.selections.map((selection) => partOf(walk, selection, type, path))
  const certain = parts.filter(({ isCertain }) => isCertain)
  const possible = parts.filter(({ isCertain }) => !isCertain).map(({ cost }) => cost)
  return certain.reduce((sum, { cost }) => sum + cost, 0) + Math.max(0, ...possible)
}

function fieldCost(
  walk: Walk,
  field: FieldNode,
  parent: GraphQLNamedType,
  path: readonly string[]
): number {
  const definition = fieldsOf(parent)[field.name.value]
  if (definition === undefined || field.selectionSet === undefined) return 0
  const type = getNamedType(definition.type)
  if (!isCompositeType(type)) return 0
  const own = [...path, field.alias?.value ?? field.name.value]
  const inner = selectionCost(walk, field.selectionSet, type, own)
  if (type.name.endsWith('Connection')) return weightOf(walk.sizeOf(field, own)) * inner
  return inner + (VALUES.test(type.name) ? 0 : 1)
}

const isFragment = (node: ASTNode): node is FragmentDefinitionNode =>
  node.kind === Kind.FRAGMENT_DEFINITION

/** @param sizeOf elements of each connection */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  sizeOf: SizeOf
): number {
  const fragments = new Map(
    document.definitions.filter(isFragment).map((one) => [one.name.value, one] as const)
  )
  const isMutation = operation.operation === 'mutation'
  const root = isMutation ? schema.getMutationType() : schema.getQueryType()
  if (root == null) return 0
  if (isMutation) return MUTATION * operation.selectionSet.selections.length
  return selectionCost({ schema, fragments, sizeOf }, operation.selectionSet, root, [])
}
