import { useState } from 'react'
import { ApiError } from '../../api/problem.ts'
import type { Integration, Source } from '../../api/types.ts'
import { useProject } from '../projects/project_context.ts'
import { faultsIn, fieldNameOf, fieldsOf, type Values } from './config_form.ts'
import { toDraft } from './schedule_presets.ts'

/** What a form of an integration holds until it is saved. */
export function useConfigDraft(source: Source, saved?: Integration) {
  const { timezone } = useProject()
  const fields = fieldsOf(source.config)
  const [name, setName] = useState(saved?.name ?? source.title)
  const [values, setValues] = useState<Values>(saved?.settings ?? {})
  const [schedule, setSchedule] = useState(() =>
    saved
      ? toDraft(saved.schedule, timezone)
      : { ...toDraft(null, timezone), preset: 'daily' as const }
  )
  /** Faults are told once somebody has tried to save. */
  const [tried, setTried] = useState(false)
  const asked = {
    values,
    hasCredentials: saved?.has_credentials ?? false,
    laterPicks: saved === undefined,
  }
  const faults = faultsIn(fields, asked)
  return {
    fields,
    name,
    setName,
    values,
    schedule,
    setSchedule,
    setValue: (field: string, value: unknown) =>
      setValues((before) => ({ ...before, [field]: value })),
    isComplete: name.trim() !== '' && Object.keys(faults).length === 0,
    faults: tried ? faults : {},
    tryToSave: () => setTried(true),
  }
}

export type ConfigDraft = ReturnType<typeof useConfigDraft>

/** What the server says of single fields, by their names. */
export const messagesIn = (error: unknown): Record<string, string> =>
  error instanceof ApiError
    ? Object.fromEntries(error.fields.map(({ field, message }) => [fieldNameOf(field), message]))
    : {}
