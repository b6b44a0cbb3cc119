import db from '@adonisjs/lucid/services/db'
import { z } from 'zod'
import { AttributionParameters, models } from '#attribution/public'

/** What may be credited: orders, or another goal that the project records. */
export const conversionField = z
  .string()
  .trim()
  .max(120)
  .regex(
    /^(order|deal|deal_won|lead|event:[^\p{Cc}]+)$/u,
    'Give order, deal, deal_won, lead, or event: and the name of an event'
  )

const fields = {
  model: z.enum(models).default('last_non_direct'),
  window_days: AttributionParameters.shape.window_days,
  params: AttributionParameters.shape.params,
  conversion: conversionField.default('order'),
}

export const AttributionSettingsBody = z.object(fields)

/** How a project credits conversions where a request does not say. */
export const AttributionSettings = z.object(fields).required().meta({ id: 'AttributionSettings' })
export type AttributionSettings = z.output<typeof AttributionSettings>

/** A project's settings, or the defaults. Every report that attributes starts from them. */
export async function attributionSettings(projectId: string): Promise<AttributionSettings> {
  const row = (await db
    .from('attribution_settings')
    .where('project_id', projectId)
    .select('model', 'window_days', 'params', 'conversion')
    .first()) as unknown
  return AttributionSettingsBody.parse(row ?? {})
}

export async function saveAttributionSettings(
  projectId: number,
  settings: AttributionSettings,
  client = db.connection()
): Promise<void> {
  const row = { ...settings, params: JSON.stringify(settings.params) }
  await client
    .table('attribution_settings')
    .insert({ project_id: projectId, ...row })
    .knexQuery.onConflict('project_id')
    .merge(row)
}
