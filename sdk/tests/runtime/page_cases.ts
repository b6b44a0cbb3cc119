import {
  afterCursor,
  byFunction,
  byLinkHeader,
  byNextUrl,
  byOffset,
  byPage,
  type Json,
  type Paginator,
} from '@analyticaflow/sdk'
import type { Answers, Got } from './vendor.ts'

const ids = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => ({ id: from + index }))

/** What a list is asked for. */
export interface Asked {
  paginate: Paginator
  resume?: Json
  query?: Record<string, string | number>
  body?: Json
}

const bodyOf = (got: Got): unknown => JSON.parse(got.body)

export interface Case {
  title: string
  answers: Answers
  asked: Asked
  /** Rows that there are: 0, 1, … */
  count: number
  pages: number
  total?: number
}

/** How vendors split their lists. */
export const cases: Case[] = [
  {
    title: 'a cursor in the query',
    answers: ({ query }) => {
      const from = Number(query.get('after') ?? 0)
      const next = from + 2 < 5 ? String(from + 2) : null
      return { json: { data: ids(from, Math.min(from + 2, 5)), paging: { next } } }
    },
    asked: { paginate: afterCursor({ items: 'data', next: 'paging.next' }) },
    count: 5,
    pages: 3,
  },
  {
    title: 'a cursor that is named on the last page, too, where nothing follows',
    answers: ({ query }) => {
      const from = Number(query.get('after') ?? 0)
      const paging = { cursors: { after: String(from + 2) }, ...(from < 2 && { next: 'url' }) }
      return { json: { data: ids(from, from + 2), paging } }
    },
    asked: {
      paginate: afterCursor({ items: 'data', next: 'paging.cursors.after', more: 'paging.next' }),
    },
    count: 4,
    pages: 2,
  },
  {
    title: 'a cursor among the variables of a query in the body',
    answers: (got) => {
      const { variables } = bodyOf(got) as { variables: { c?: string; size: number } }
      const from = Number(variables.c ?? 0)
      const pageInfo = { hasNextPage: from + variables.size < 4, endCursor: String(from + 2) }
      return { json: { data: { orders: { nodes: ids(from, from + variables.size), pageInfo } } } }
    },
    asked: {
      paginate: afterCursor({
        items: 'data.orders.nodes',
        next: 'data.orders.pageInfo.endCursor',
        more: 'data.orders.pageInfo.hasNextPage',
        param: 'variables.c',
        in: 'body',
      }),
      body: { query: '…', variables: { size: 2 } },
    },
    count: 4,
    pages: 2,
  },
  {
    title: 'an offset in the body, with a number of rows and no list where there are none',
    answers: (got) => {
      const { offset, limit } = bodyOf(got) as { offset: number; limit: number }
      const rows = ids(Number(offset), Math.min(Number(offset) + Number(limit), 6))
      return { json: { rowCount: 6, ...(rows.length > 0 && { rows }) } }
    },
    asked: {
      paginate: byOffset({
        items: 'rows',
        size: 3,
        sizeParam: 'limit',
        in: 'body',
        total: 'rowCount',
        optional: true,
      }),
      body: {},
    },
    count: 6,
    pages: 2,
    total: 6,
  },
  {
    title: 'an offset without a number of rows: a short page is the last',
    answers: ({ query }) => {
      const from = Number(query.get('offset'))
      return { json: ids(from, Math.min(from + 2, 3)) }
    },
    asked: { paginate: byOffset({ items: '', size: 2 }) },
    count: 3,
    pages: 2,
  },
  {
    title: 'pages whose number a header tells',
    answers: ({ query }) => {
      const page = Number(query.get('page'))
      const headers = { 'x-wp-totalpages': '3', 'x-wp-total': '5' }
      return { json: ids(2 * page - 2, Math.min(2 * page, 5)), headers }
    },
    asked: {
      paginate: byPage({
        items: '',
        size: 2,
        sizeParam: 'per_page',
        pagesHeader: 'X-WP-TotalPages',
        total: { header: 'X-WP-Total' },
      }),
    },
    count: 5,
    pages: 3,
    total: 5,
  },
  {
    title: 'pages up to the one that names no next, and nothing at all as an answer',
    answers: ({ query }) => {
      const page = Number(query.get('page'))
      if (page > 2) return { status: 204 }
      const next = { href: 'https://elsewhere.example' }
      return { json: { _embedded: { leads: ids(2 * page - 2, 2 * page) }, _links: { next } } }
    },
    asked: { paginate: byPage({ items: '_embedded.leads', size: 2, more: '_links.next' }) },
    count: 4,
    pages: 3,
  },
  {
    title: 'a Link header',
    answers: ({ query }) => {
      const page = Number(query.get('p') ?? 1)
      const link = `</list?p=0>; rel="prev", </list?p=${page + 1}>; title="a"; rel="last next"`
      return { json: ids(page - 1, page), ...(page < 3 && { headers: { link } }) }
    },
    asked: { paginate: byLinkHeader({ items: '' }), query: { p: 1 } },
    count: 3,
    pages: 3,
  },
  {
    title: 'the whole address of the next page',
    answers: ({ query, headers }) => {
      const page = Number(query.get('p') ?? 1)
      const next = `http://${headers.host ?? ''}/list?p=${page + 1}&access_token=s3cret`
      return { json: { rows: ids(page - 1, page), ...(page < 3 && { next }) } }
    },
    asked: { paginate: byNextUrl({ items: 'rows', next: 'next' }) },
    count: 3,
    pages: 3,
  },
  {
    title: 'ids above the last one, by two functions',
    answers: (got) => {
      const { above } = (bodyOf(got) as { filter: { above: number } }).filter
      return { json: { result: ids(above + 1, Math.min(above + 3, 5)) } }
    },
    asked: {
      paginate: byFunction({
        request: (position) => ({ body: { filter: { above: position ?? -1 } } }),
        read: ({ body }) => {
          const { result } = body as { result: { id: number }[] }
          return { rows: result, next: result.length < 2 ? null : (result.at(-1)?.id ?? null) }
        },
      }),
      body: { select: ['id'] },
    },
    count: 5,
    pages: 3,
  },
]
