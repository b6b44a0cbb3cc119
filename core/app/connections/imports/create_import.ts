import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import Import from '../models/import.ts'
import Integration from '../models/integration.ts'
import { createRun, lockIntegration } from '../runs.ts'
import type { ReceivedImport } from './receive.ts'

interface Uploader {
  projectId: number
  userId: number
}

/** The integration of the name; its settings are those of the newest import. */
async function integrationNamed(
  { source, name, settings }: ReceivedImport,
  projectId: number,
  trx: TransactionClientContract
): Promise<Integration> {
  await trx.rawQuery(
    `insert into integrations (project_id, type, name, settings_json) values (?, ?, ?, ?)
     on conflict (project_id, type, name) where removed_at is null do update set settings_json = excluded.settings_json`,
    [projectId, source.id, name, JSON.stringify(settings)]
  )
  return Integration.query({ client: trx })
    .where({ project_id: projectId, type: source.id, name })
    .whereNull('removed_at')
    .firstOrFail()
}

/** An import of the received file with the run that carries it out: both, or nothing. */
export function createImport(
  received: ReceivedImport,
  { projectId, userId }: Uploader,
  afterwards: (created: Import, trx: TransactionClientContract) => Promise<void>
): Promise<Import> {
  return db.transaction(async (trx) => {
    const integration = await integrationNamed(received, projectId, trx)
    await lockIntegration(trx, integration)
    const run = await createRun(trx, integration, 'import')
    const created = await Import.create(
      {
        projectId,
        integrationId: integration.id,
        runId: run.id,
        userId,
        name: received.name,
        spec: received.settings,
        fileName: received.file.name,
        fileSize: received.file.size,
        fileKey: received.file.key,
      },
      { client: trx }
    )
    await afterwards(created, trx)
    return created
  })
}
