import { Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Import } from '../../api/types.ts'
import { Panel } from '../../components/Panel.tsx'
import { useFormat } from '../../i18n/format.ts'
import { ImportCounts } from './ImportCounts.tsx'
import classes from './ImportRunning.module.css'

/** The share is the server's estimate; before there is one the bar shows work alone. */
export function ImportRunning({ item }: { item: Import }) {
  const { t } = useTranslation()
  const format = useFormat()
  const queued = item.status === 'queued'
  return (
    <Panel>
      <div className={classes.head} role="status">
        <h2>{t(queued ? 'imports.queued_title' : 'imports.running_title')}</h2>
        <p>{t(queued ? 'imports.queued_text' : 'imports.running_text')}</p>
      </div>
      <div className={classes.progress}>
        <Progress
          value={item.progress > 0 ? item.progress * 100 : 100}
          animated
          striped={item.progress === 0}
          aria-label={t('imports.running_title')}
          flex={1}
        />
        {item.progress > 0 && <span className="num">{format.percent(item.progress, 0)}</span>}
      </div>
      <ImportCounts item={item} bar={false} />
    </Panel>
  )
}
