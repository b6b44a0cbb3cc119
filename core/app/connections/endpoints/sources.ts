import { z } from 'zod'
import { endpoint } from '#shared/http/endpoint'
import { dataOf } from '#shared/http/pagination'
import { Problem } from '#shared/http/problem'
import { sources } from '../registry/registry.ts'
import { disabledSourceView, SourceView, sourceView } from '../views/source_view.ts'

const views = () => [
  ...sources().sources.map(sourceView),
  ...sources().disabled.map(disabledSourceView),
]

export const indexSources = endpoint({
  method: 'GET',
  path: '/sources',
  permission: 'account',
  tag: 'sources',
  summary: 'The installed sources',
  responses: { 200: z.object({ data: z.array(SourceView), next_cursor: z.null() }) },
  handle: ({ reply }) => reply(200, { data: views(), next_cursor: null }),
})

export const showSource = endpoint({
  method: 'GET',
  path: '/sources/:source_id',
  permission: 'account',
  tag: 'sources',
  summary: 'One installed source',
  responses: { 200: dataOf(SourceView) },
  handle: ({ params, reply }) => {
    const source = sources().find(params.source_id)
    const view = source ? sourceView(source) : views().find(({ id }) => id === params.source_id)
    if (view === undefined) throw new Problem('not_found', { detail: 'There is no such source' })
    return reply(200, { data: view })
  },
})
