import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { mountedEndpoints } from './mount.ts'
import { openApiDocument, type OpenApiDocument } from './openapi.ts'

let document: OpenApiDocument | undefined

/** The document of everything mounted; made once, since routes do not change in a process. */
export function currentDocument(): OpenApiDocument {
  document ??= openApiDocument(mountedEndpoints())
  return document
}

export const showDocument = endpoint({
  method: 'GET',
  path: '/swagger.json',
  permission: 'public',
  tag: 'meta',
  summary: 'This description of the API, OpenAPI 3.1',
  responses: { 200: z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.any()) }) },
  handle: ({ reply }) => reply(200, currentDocument()),
})
