import { randomBytes } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'

/** The project's salt for hashes of personal identifiers; made when it is first needed. */
export async function projectSalt(projectId: string): Promise<string> {
  await db
    .table('project_salts')
    .insert({ project_id: projectId, salt: randomBytes(16).toString('hex') })
    .knexQuery.onConflict('project_id')
    .ignore()
  const row = (await db.from('project_salts').where('project_id', projectId).firstOrFail()) as {
    salt: string
  }
  return row.salt
}
