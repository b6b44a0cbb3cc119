import { SourceError, z } from '@analyticaflow/sdk'

const PageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() })

/** A page of a list, as GraphQL has it. */
export interface Connection<T> {
  pageInfo: z.infer<typeof PageInfo>
  nodes: T[]
}

/** Schema of a {@link Connection}. */
export const connection = <S extends z.ZodType>(node: S) =>
  z.object({ pageInfo: PageInfo, nodes: z.array(node) })

/** What was there a moment ago is not any more: the next attempt reads how it stands then. Never half of it. */
export function vanished(): never {
  throw new SourceError('vendor_unavailable', 'An order or product changed while it was read.')
}

/** All rows of a list whose first page is known: an order is never cut off at the size of a page. */
export async function rest<T>(
  first: Connection<T>,
  more: (after: string | null) => Promise<Connection<T> | undefined>
): Promise<T[]> {
  const nodes = [...first.nodes]
  let { pageInfo } = first
  while (pageInfo.hasNextPage) {
    const page = await more(pageInfo.endCursor)
    if (page === undefined) return vanished()
    nodes.push(...page.nodes)
    pageInfo = page.pageInfo
  }
  return nodes
}
