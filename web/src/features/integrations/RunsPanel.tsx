import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Integration, Run } from '../../api/types.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Panel } from '../../components/Panel.tsx'
import { TableSkeleton } from '../../components/TableSkeleton.tsx'
import { RunItem } from './RunItem.tsx'
import { useOpenRun, useRuns } from './use_integrations.ts'
import { useFollowedRun } from './use_runs.ts'
import classes from './Runs.module.css'

/** What was loaded and when, the newest first; what is under way moves by itself. */
export function RunsPanel({ integration }: { integration: Integration }) {
  const { t } = useTranslation()
  const runs = useRuns(integration.id)
  const rows = runs.data?.pages.flatMap(({ data }) => data)
  useFollowedRun(integration.id, useOpenRun(integration.id))
  return (
    <Panel title={t('runs.title')} subtitle={t('runs.text')} flush>
      {runs.isPending && <TableSkeleton />}
      {runs.isError && !rows && <ErrorState error={runs.error} onRetry={runs.refetch} />}
      {rows && <List runs={rows} />}
      {runs.hasNextPage && <MoreButton runs={runs} />}
    </Panel>
  )
}

function List({ runs }: { runs: readonly Run[] }) {
  const { t } = useTranslation()
  if (runs.length === 0) return <p className={classes.none}>{t('runs.none')}</p>
  return (
    <ul className={classes.list}>
      {runs.map((run) => (
        <RunItem key={run.id} run={run} />
      ))}
    </ul>
  )
}

function MoreButton({ runs }: { runs: ReturnType<typeof useRuns> }) {
  const { t } = useTranslation()
  return (
    <div className={classes.more}>
      <Button
        variant="subtle"
        color="gray"
        size="xs"
        loading={runs.isFetchingNextPage}
        onClick={() => void runs.fetchNextPage()}
      >
        {t('runs.more')}
      </Button>
    </div>
  )
}
