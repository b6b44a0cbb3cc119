import { useTranslation } from 'react-i18next'
import { ruleFor, type Draft } from './draft.ts'
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
  const fieldOf = new Map(Object.entries(draft.columns).map(([field, column]) => [column, field]))
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
            {head.columns.map((column, index) => {
              const field = fieldOf.get(column)
              return (
                <th key={index} scope="col" data-used={field !== undefined}>
                  <span className={classes.column}>{column || '—'}</span>
                  <span className={classes.field}>
                    {field ? t(`field.${field as keyof Draft['columns']}`) : t('imports.not_used')}
                  </span>
                </th>
              )
            })}
            <th scope="col">
              <span className={classes.column}>{t('imports.outcome')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sampleRows({ head, draft }).map(({ row, line }) => {
            const outcome = ruleFor(draft, head, row)?.as
            return (
              <tr key={line} data-outcome={outcome}>
                <td className={classes.line}>{line}</td>
                {head.columns.map((column, index) => (
                  <td key={index} data-used={fieldOf.has(column)}>
                    {row[index]}
                  </td>
                ))}
                <td>
                  <span className={classes.outcome}>
                    {outcome ? t(`rule.${outcome}`) : t('rule.load')}
                  </span>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
