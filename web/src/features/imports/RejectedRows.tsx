import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { download } from '../../api/download.ts'
import type { Import } from '../../api/types.ts'
import { FormError } from '../../components/FormError.tsx'
import { useFormat } from '../../i18n/format.ts'
import { FIELDS, type Field } from './fields.ts'
import classes from './RejectedRows.module.css'

const isField = (name: string): name is Field =>
  Object.values(FIELDS).some((specs) => specs.some(({ field }) => field === name))

export function RejectedRows({ item }: { item: Import }) {
  const { t } = useTranslation()
  const format = useFormat()
  const url = item.rejected_file_url
  const save = useMutation({
    mutationFn: async (from: string) => download(from, `${item.name}-rejected.csv`),
  })
  if (item.rejected_sample.length === 0) return null
  return (
    <>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col" className={classes.line}>
                {t('imports.line')}
              </th>
              <th scope="col">{t('imports.field')}</th>
              <th scope="col">{t('imports.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {item.rejected_sample.map(({ line, field, message }, index) => (
              <tr key={index}>
                <td className={classes.line}>{format.count(line)}</td>
                <td>{field && isField(field) ? t(`field.${field}`) : field || '—'}</td>
                <td>{message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <FormError error={save.error} />
      {url && (
        <Button
          variant="default"
          mt="md"
          leftSection={<IconDownload size={16} aria-hidden />}
          loading={save.isPending}
          onClick={() => save.mutate(url)}
        >
          {t('imports.download_rejected')}
        </Button>
      )}
    </>
  )
}
