import { z } from 'zod'
import logger from '@adonisjs/core/services/logger'
import { actor, audit } from '#shared/audit'
import { endpoint, media } from '#shared/http/endpoint'
import { dataOf, decodeCursor, listOf, pageOf, pageQuery } from '#shared/http/pagination'
import { Problem } from '#shared/http/problem'
import type { ProjectContext } from '#shared/http/types'
import { checkFile } from '../imports/check_file.ts'
import { createImport } from '../imports/create_import.ts'
import { findImport, importStates, listImports } from '../imports/list_imports.ts'
import { pruneUploads } from '../imports/prune_uploads.ts'
import { receiveImport, type ReceivedImport } from '../imports/receive.ts'
import type Import from '../models/import.ts'
import { rejectedCsv } from '../queries/rejected_rows.ts'
import { uploads } from '../upload_store.ts'
import { ImportView, importView } from '../views/import_view.ts'

async function viewOf(upload: Import) {
  const [state] = await importStates([upload])
  if (state === undefined) throw new Problem('not_found')
  return importView(state)
}

/** The file goes again unless an import of it came into being. */
async function keepIfCreated(
  received: ReceivedImport,
  project: ProjectContext,
  create: () => Promise<Import>
): Promise<Import> {
  try {
    await checkFile(received, project)
    return await create()
  } catch (error) {
    await uploads.remove(received.file.key)
    throw error
  }
}

export const createImportEndpoint = endpoint({
  method: 'POST',
  path: '/projects/:project_id/imports',
  permission: 'project.write',
  tag: 'imports',
  summary: 'Import a file',
  description:
    'The part `spec` comes before the part `file`. An import is known by the name in its spec: importing again under the name replaces what it loaded.',
  upload: z.object({
    spec: z
      .string()
      .describe('JSON object by the config schema of the source that reads files (`GET /sources`)'),
    file: z.string().meta({ format: 'binary' }),
  }),
  responses: { 202: dataOf(ImportView) },
  problems: ['malformed_multipart'],
  handle: async ({ ctx, account, project, reply }) => {
    const received = await receiveImport(ctx, project.id)
    const created = await keepIfCreated(received, project, () =>
      createImport(received, { projectId: project.id, userId: account.id }, async (row, trx) => {
        await audit(
          ctx,
          {
            action: 'import.created',
            ...actor(account),
            projectId: project.id,
            target: `import:${row.id}`,
            details: { name: row.name, file_size: row.fileSize },
          },
          trx
        )
      })
    )
    await pruneUploads(created.integrationId).catch((error: unknown) => {
      logger.warn({ err: error }, 'old uploads could not be removed')
    })
    return reply(202, { data: await viewOf(created) })
  },
})

export const indexImports = endpoint({
  method: 'GET',
  path: '/projects/:project_id/imports',
  permission: 'project.read',
  tag: 'imports',
  summary: 'The imports of the project, the newest first',
  query: pageQuery,
  responses: { 200: listOf(ImportView) },
  handle: async ({ project, query, reply }) => {
    const before = decodeCursor(z.int(), query.cursor)
    const states = await importStates(await listImports(project.id, before, query.limit + 1))
    return reply(
      200,
      pageOf(states, query.limit, importView, ({ upload }) => Number(upload.id))
    )
  },
})

export const showImport = endpoint({
  method: 'GET',
  path: '/projects/:project_id/imports/:import_id',
  permission: 'project.read',
  tag: 'imports',
  summary: 'One import with its progress',
  responses: { 200: dataOf(ImportView) },
  handle: async ({ project, params, reply }) => {
    const upload = await findImport(project.id, params.import_id)
    return reply(200, { data: await viewOf(upload) })
  },
})

export const downloadRejected = endpoint({
  method: 'GET',
  path: '/projects/:project_id/imports/:import_id/rejected.csv',
  permission: 'project.read',
  tag: 'imports',
  summary: 'All rejected rows of an import, with their reasons',
  responses: { 200: media('text/csv') },
  handle: async ({ ctx, project, params }) => {
    const upload = await findImport(project.id, params.import_id)
    const gone = new AbortController()
    ctx.response.response.once('close', () => gone.abort())
    const csv = await rejectedCsv(project.id, upload.runId ?? '0', gone.signal)
    ctx.response.header('Content-Type', 'text/csv; charset=utf-8')
    ctx.response.header(
      'Content-Disposition',
      `attachment; filename="import-${upload.id}-rejected.csv"`
    )
    ctx.response.stream(csv)
  },
})
