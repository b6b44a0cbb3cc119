import { Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Import } from '../../api/types.ts'
import { Panel } from '../../components/Panel.tsx'
import { ImportCounts } from './ImportCounts.tsx'
import classes from './ImportRunning.module.css'

/** How many rows the file has is known only at its end, so the bar shows work, not a share. */
export function ImportRunning({ item }: { item: Import }) {
  const { t } = useTranslation()
  const queued = item.status === 'queued'
  return (
    <Panel>
      <div className={classes.head} role="status">
        <h2>{t(queued ? 'imports.queued_title' : 'imports.running_title')}</h2>
        <p>{t(queued ? 'imports.queued_text' : 'imports.running_text')}</p>
      </div>
      <Progress value={100} animated striped aria-label={t('imports.running_title')} mb="lg" />
      <ImportCounts item={item} bar={false} />
    </Panel>
  )
}
