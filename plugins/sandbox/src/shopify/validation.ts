import {
  FieldsOnCorrectTypeRule,
  GraphQLError,
  KnownArgumentNamesRule,
  Kind,
  specifiedRules,
  validate,
  type ASTNode,
  type ASTVisitor,
  type DocumentNode,
  type ValidationContext,
} from 'graphql'
import { adminSchema } from './schema.ts'

/** `['query Orders', 'orders', 'nodes', 'nope']` */
function pathOf(ancestors: readonly (ASTNode | readonly ASTNode[])[], last: string): string[] {
  const names = ancestors.flatMap((ancestor) => {
    if (!('kind' in ancestor)) return []
    if (ancestor.kind === Kind.OPERATION_DEFINITION) {
      return [[ancestor.operation, ancestor.name?.value].filter(Boolean).join(' ')]
    }
    return ancestor.kind === Kind.FIELD ? [ancestor.alias?.value ?? ancestor.name.value] : []
  })
  return [...names, last]
}

function UndefinedFields(context: ValidationContext): ASTVisitor {
  return {
    Field(node, _key, _parent, _path, ancestors) {
      const type = context.getParentType()
      if (type == null || context.getFieldDef() != null) return
      const fieldName = node.name.value
      context.reportError(
        new GraphQLError(`Field '${fieldName}' doesn't exist on type '${type.name}'`, {
          nodes: node,
          path: pathOf(ancestors, fieldName),
          extensions: { code: 'undefinedField', typeName: type.name, fieldName },
        })
      )
    },
  }
}

function UndefinedArguments(context: ValidationContext): ASTVisitor {
  return {
    Argument(node, _key, _parent, _path, ancestors) {
      const field = context.getFieldDef()
      if (field == null || context.getDirective() != null || context.getArgument() != null) return
      const argumentName = node.name.value
      context.reportError(
        new GraphQLError(`Field '${field.name}' doesn't accept argument '${argumentName}'`, {
          nodes: node,
          path: pathOf(ancestors, argumentName),
          extensions: {
            code: 'argumentNotAccepted',
            name: field.name,
            typeName: 'Field',
            argumentName,
          },
        })
      )
    },
  }
}

const RULES = [
  UndefinedFields,
  UndefinedArguments,
  ...specifiedRules.filter(
    (rule) => rule !== FieldsOnCorrectTypeRule && rule !== KnownArgumentNamesRule
  ),
]

/** What Shopify's schema has against a query. */
export const refusals = (document: DocumentNode): readonly GraphQLError[] =>
  validate(adminSchema(), document, RULES)
