import { Button } from '@mantine/core'
import { IconChartAreaLine } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useCanEdit, useProject } from '../projects/project_context.ts'
import { Dashboard } from './Dashboard.tsx'
import { DashboardSkeleton } from './DashboardSkeleton.tsx'
import { useDataRange } from './use_data_range.ts'

export function DashboardPage() {
  const { t } = useTranslation()
  const range = useDataRange()
  if (range.data) return <Dashboard data={range.data} />
  return (
    <Page title={t('dashboard.title')}>
      {range.isPending && <DashboardSkeleton />}
      {range.isError && (
        <Panel>
          <ErrorState error={range.error} onRetry={range.refetch} />
        </Panel>
      )}
      {range.data === null && <NoData />}
    </Page>
  )
}

function NoData() {
  const { t } = useTranslation()
  const { id } = useProject()
  const canEdit = useCanEdit()
  return (
    <Panel>
      <EmptyState
        icon={IconChartAreaLine}
        title={t('dashboard.empty_title')}
        text={t('dashboard.empty_text')}
        page
      >
        {canEdit && (
          <Button component={Link} to={`/p/${id}/imports/new`}>
            {t('imports.first')}
          </Button>
        )}
      </EmptyState>
    </Panel>
  )
}
