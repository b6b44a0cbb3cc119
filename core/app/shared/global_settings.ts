import db from '@adonisjs/lucid/services/db'
import { z } from 'zod'

/** Settings of the whole installation, with what holds until an admin says otherwise. */
export const globalSettings = z.object({
  /** Whether anybody may register; otherwise an invitation is needed. */
  open_registration: z.boolean().default(false),
})

export type GlobalSettings = z.output<typeof globalSettings>

export async function readGlobalSettings(): Promise<GlobalSettings> {
  const rows = await db.query<{ name: string; value: unknown }>().from('global_settings')
  return globalSettings.parse(Object.fromEntries(rows.map(({ name, value }) => [name, value])))
}

export async function writeGlobalSettings(changes: Partial<GlobalSettings>): Promise<void> {
  const rows = Object.entries(changes).map(([name, value]) => ({
    name,
    value: JSON.stringify(value),
    updated_at: new Date(),
  }))
  if (rows.length > 0)
    await db.knexQuery().table('global_settings').insert(rows).onConflict('name').merge()
}
