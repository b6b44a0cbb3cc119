import { z } from '@analyticaflow/sdk'

const PageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() })

/** A page of a list, as GraphQL has it. */
export interface Connection<T> {
  pageInfo: z.infer<typeof PageInfo>
  nodes: T[]
}

/** Schema of a {@link Connection}. */
export const connection = <S extends z.ZodType>(node: S) =>
  z.object({ pageInfo: PageInfo, nodes: z.array(node) })
