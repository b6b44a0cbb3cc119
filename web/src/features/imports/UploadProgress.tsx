import { Button, Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import classes from './UploadProgress.module.css'

interface UploadProgressProps {
  sent: number
  total: number
  onCancel: () => void
}

export function UploadProgress({ sent, total, onCancel }: UploadProgressProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const share = total > 0 ? sent / total : 0
  return (
    <div className={classes.root}>
      <div className={classes.text} role="status">
        <b>{t(share < 1 ? 'imports.uploading' : 'imports.checking')}</b>
        <span className="num">
          {format.bytes(sent)} / {format.bytes(total)}
        </span>
      </div>
      <Progress value={share * 100} animated={share >= 1} aria-label={t('imports.uploading')} />
      <Button variant="subtle" color="gray" size="xs" onClick={onCancel}>
        {t('common.cancel')}
      </Button>
    </div>
  )
}
