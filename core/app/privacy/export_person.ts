import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { uploads } from '#connections/public'
import { settleMirrors, withProjectLock } from '#ingestion/public'
import { Project } from '#projects/public'
import { collectPerson, forgetScope, personSections, type PersonRequest } from '#warehouse/public'
import { scopeOf } from './find_person.ts'
import type PrivacyRequest from './models/privacy_request.ts'

/** How long a file can be fetched. */
const LIFETIME_DAYS = 7

/** What the ids of integrations in the rows mean. */
async function sourcesOf(projectId: number): Promise<string> {
  const found: unknown = await db
    .from('integrations')
    .where('project_id', projectId)
    .orderBy('id')
    .select('id', 'type', 'name')
  return JSON.stringify(found)
}

async function* document(scope: PersonRequest, projectId: number): AsyncGenerator<Uint8Array> {
  const bytes = (text: string) => Buffer.from(text)
  yield bytes(`{\n  "exported_at": ${JSON.stringify(DateTime.utc().toISO())},\n`)
  yield bytes(`  "integrations": ${await sourcesOf(projectId)},\n`)
  for await (const text of personSections(scope)) yield bytes(text)
  yield bytes('\n}\n')
}

/** Writes the file of an export; nothing is published meanwhile, so that it is of one moment. */
export async function exportPerson(request: PrivacyRequest): Promise<void> {
  const { timezone, currency } = await Project.findOrFail(request.projectId)
  const project = { id: String(request.projectId), timezone, currency }
  // What a worker that died has left of the file is of no use to anybody.
  if (request.fileKey !== null) await uploads.remove(request.fileKey)
  await withProjectLock(project.id, async () => {
    await settleMirrors(project)
    const scope = await scopeOf(project, request.id)
    await collectPerson(scope, request.aliasKey ?? '0')
    const { key, size } = await uploads.write(request.projectId, document(scope, request.projectId))
    await request
      .merge({
        fileKey: key,
        fileSize: size,
        expiresAt: DateTime.utc().plus({ days: LIFETIME_DAYS }),
        aliasKey: null,
        aliasHash: null,
      })
      .save()
    await forgetScope(request.id)
  })
}
