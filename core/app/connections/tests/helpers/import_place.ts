import type { z } from 'zod'
import { api } from '#tests/api'
import { makeProject } from '#tests/factories'
import { uploads } from '../../upload_store.ts'
import type { ImportView } from '../../views/import_view.ts'
import { storedFiles } from './upload.ts'

export interface ImportAnswer {
  data: z.output<typeof ImportView>
  code?: string
  errors?: { field: string; rule: string }[]
}

export const faults = ({ errors }: ImportAnswer) => errors?.map(({ field }) => field)

/** A project to import into. */
export async function importPlace() {
  const made = await makeProject({ currency: 'GBP', timezone: 'Europe/London' })
  // Databases of other groups have had a project with this number, too.
  await uploads.removeProject(made.project.id)
  const before = new Set(await storedFiles())
  const path = `/projects/${made.id}/imports`
  const call = api(made.owner)
  const send = (body: FormData) => call.post<ImportAnswer>(path, undefined, { raw: body })
  /** What the test has left in the upload store. */
  const left = async () => (await storedFiles()).filter((name) => !before.has(name))
  return { ...made, path, call, send, left }
}
