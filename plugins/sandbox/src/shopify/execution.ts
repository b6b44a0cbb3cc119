import type { GraphQLFieldResolver, GraphQLTypeResolver } from 'graphql'
import { isFields } from '../http/exchange.ts'
import type { Asking } from './asking.ts'
import type { BulkOperations } from './bulk.ts'
import { NotPlayed } from './errors.ts'
import { queryRoot } from './root.ts'
import { adminSchema } from './schema.ts'

/** What is read from the double's objects; what they do not have is not played, rather than null. */
const fieldResolver: GraphQLFieldResolver<unknown, Asking, object> = (
  source,
  args,
  asking,
  info
) => {
  const value = isFields(source) ? source[info.fieldName] : undefined
  if (value === undefined) {
    asking.notPlayed.push(`${info.parentType.name}.${info.fieldName}`)
    throw new NotPlayed(info.fieldName)
  }
  if (typeof value !== 'function') return value
  try {
    return (value as (given: object) => unknown)(args)
  } catch (error) {
    if (error instanceof NotPlayed) asking.notPlayed.push(error.message)
    throw error
  }
}

const typeResolver: GraphQLTypeResolver<unknown, Asking> = (value) =>
  isFields(value) && typeof value.__typename === 'string' ? value.__typename : undefined

/** How queries are carried out for somebody. */
export const executionOf = (asking: Asking, bulk: BulkOperations) => ({
  schema: adminSchema(),
  rootValue: queryRoot(asking, bulk),
  contextValue: asking,
  fieldResolver,
  typeResolver,
})
