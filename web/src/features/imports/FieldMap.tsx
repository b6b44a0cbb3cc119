import { Button, Select } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useState, type Dispatch } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft, DraftChange } from './draft.ts'
import { FIELDS, type Field } from './fields.ts'
import type { FileHead } from './read_head.ts'
import classes from './FieldMap.module.css'

export interface MappingProps {
  head: FileHead
  draft: Draft
  change: Dispatch<DraftChange>
}

/** One line per canonical field: which column it comes from, and what that column holds. */
export function FieldMap({ head, draft, change }: MappingProps) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const specs = FIELDS[draft.kind]
  // Fields that found no column and are not needed stay out of the way until asked for.
  const shown = specs.filter(
    ({ field, required }) => all || required || draft.columns[field] !== undefined
  )
  const hidden = specs.length - shown.length
  return (
    <>
      <ul className={classes.list}>
        {shown.map(({ field, required }) => (
          <FieldRow
            key={field}
            field={field}
            required={required}
            head={head}
            draft={draft}
            change={change}
          />
        ))}
      </ul>
      {(hidden > 0 || all) && (
        <Button variant="subtle" size="compact-sm" mt="sm" ml={-8} onClick={() => setAll(!all)}>
          {all ? t('imports.fewer_fields') : t('imports.more_fields', { count: hidden })}
        </Button>
      )}
    </>
  )
}

interface FieldRowProps extends MappingProps {
  field: Field
  required: boolean
}

function FieldRow({ field, required, head, draft, change }: FieldRowProps) {
  const { t } = useTranslation()
  const column = draft.columns[field]
  const index = column === undefined ? -1 : head.columns.indexOf(column)
  const samples = [...new Set(head.rows.map((row) => row[index] ?? '').filter(Boolean))].slice(0, 3)
  return (
    <li className={classes.row} data-missing={required && column === undefined}>
      <label className={classes.field} htmlFor={`field-${field}`}>
        {t(`field.${field}`)}
        {required && <span className={classes.required}>{t('imports.required')}</span>}
      </label>
      <IconArrowRight size={15} className={classes.arrow} aria-hidden />
      <div className={classes.column}>
        <Select
          id={`field-${field}`}
          data={[...new Set(head.columns)].filter(Boolean)}
          value={column ?? null}
          placeholder={t('imports.no_column')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('imports.clear_column') }}
          onChange={(value) => change({ type: 'column', field, column: value })}
        />
        {samples.length > 0 && <span className={classes.sample}>{samples.join(' · ')}</span>}
      </div>
    </li>
  )
}
