import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Import } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import { KINDS } from './fields.ts'
import { ReplaceButton } from './ReplaceButton.tsx'
import { StatusBadge } from './StatusBadge.tsx'
import classes from './ImportsTable.module.css'

export function ImportsTable({ imports }: { imports: readonly Import[] }) {
  const { t } = useTranslation()
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('imports.name')}</th>
            <th scope="col">{t('imports.state')}</th>
            <th scope="col" className={classes.number}>
              {t('imports.loaded')}
            </th>
            <th scope="col" className={classes.when}>
              {t('imports.when')}
            </th>
            <th scope="col">
              <span className={classes.hidden}>{t('imports.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {imports.map((item) => (
            <ImportRow key={item.id} item={item} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ImportRow({ item }: { item: Import }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { id } = useProject()
  const kind = KINDS.find((known) => known === item.spec.kind)
  return (
    <tr>
      <td>
        <Link to={`/p/${id}/imports/${item.id}`} className={classes.name}>
          {item.name}
        </Link>
        <span className={classes.kind}>{kind ? t(`kind.${kind}`) : item.file_name}</span>
        <span className={classes.brief}>{format.ago(item.created_at)}</span>
      </td>
      <td>
        <StatusBadge item={item} />
      </td>
      <td className={classes.number}>{format.count(item.rows_loaded)}</td>
      <td className={classes.when}>
        <time dateTime={item.created_at} title={format.moment(item.created_at)}>
          {format.ago(item.created_at)}
        </time>
      </td>
      <td className={classes.action}>
        <ReplaceButton name={item.name} variant="default" size="compact-sm">
          {t('imports.replace')}
        </ReplaceButton>
      </td>
    </tr>
  )
}
