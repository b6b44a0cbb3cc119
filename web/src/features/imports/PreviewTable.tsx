import { useTranslation } from 'react-i18next'
import { ruleFor, type Draft } from './draft.ts'
import type { Field } from './fields.ts'
import type { FileHead } from './read_head.ts'
import classes from './PreviewTable.module.css'

const ROWS = 10

interface PreviewTableProps {
  head: FileHead
  draft: Draft
}

/** The first rows; where rules catch some further down, a few of those stand below. */
function sampleRows({ head, draft }: PreviewTableProps): { row: string[]; line: number }[] {
  const numbered = head.rows.map((row, index) => ({ row, line: index + 2 }))
  const first = numbered.slice(0, ROWS)
  const caught = numbered.slice(ROWS).filter(({ row }) => ruleFor(draft, head, row))
  return [...first, ...caught.slice(0, 3)]
}

export function PreviewTable({ head, draft }: PreviewTableProps) {
  const { t } = useTranslation()
  return (
    <div
      className={classes.scroll}
      tabIndex={0}
      role="region"
      aria-label={t('imports.preview_title')}
    >
      <table className={classes.table}>
        <thead>
          <tr>
            <th className={classes.line} scope="col">
              #
            </th>
            {head.columns.map((column, index) => (
              <ColumnHead key={index} column={column} field={fieldOf(draft, column)} />
            ))}
            <th scope="col">
              <span className={classes.column}>{t('imports.outcome')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sampleRows({ head, draft }).map(({ row, line }) => (
            <PreviewRow key={line} head={head} draft={draft} row={row} line={line} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The field that takes its values from a column. */
function fieldOf(draft: Draft, column: string): Field | undefined {
  const fields = Object.keys(draft.columns) as Field[]
  return fields.find((field) => draft.columns[field] === column)
}

function ColumnHead({ column, field }: { column: string; field: Field | undefined }) {
  const { t } = useTranslation()
  return (
    <th scope="col" data-used={field !== undefined}>
      <span className={classes.column}>{column || '—'}</span>
      <span className={classes.field}>{field ? t(`field.${field}`) : t('imports.not_used')}</span>
    </th>
  )
}

interface PreviewRowProps extends PreviewTableProps {
  row: string[]
  line: number
}

function PreviewRow({ head, draft, row, line }: PreviewRowProps) {
  const { t } = useTranslation()
  const outcome = ruleFor(draft, head, row)?.as
  return (
    <tr data-outcome={outcome}>
      <td className={classes.line}>{line}</td>
      {head.columns.map((column, index) => (
        <td key={index} data-used={fieldOf(draft, column) !== undefined}>
          {row[index]}
        </td>
      ))}
      <td>
        <span className={classes.outcome}>{t(`rule.${outcome ?? 'load'}`)}</span>
      </td>
    </tr>
  )
}
