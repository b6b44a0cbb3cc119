import { Button } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useCanEdit, useProject } from '../projects/project_context.ts'
import type { Range } from './dates.ts'
import { useDataRange } from './use_data_range.ts'

interface ReportGateProps {
  title: string
  skeleton: ReactNode
  /** What is said while the project has no data. */
  empty: { icon: Icon; title: string; text: string }
  children: (data: Range) => ReactNode
}

/** Every report begins with the dates the project has data for; without any there is nothing to ask. */
export function ReportGate({ title, skeleton, empty, children }: ReportGateProps) {
  const range = useDataRange()
  if (range.data) return children(range.data)
  return (
    <Page title={title}>
      {range.isPending && skeleton}
      {range.isError && (
        <Panel>
          <ErrorState error={range.error} onRetry={range.refetch} />
        </Panel>
      )}
      {range.data === null && <NoData {...empty} />}
    </Page>
  )
}

function NoData({ icon, title, text }: ReportGateProps['empty']) {
  const { t } = useTranslation()
  const { id } = useProject()
  const canEdit = useCanEdit()
  return (
    <Panel>
      <EmptyState icon={icon} title={title} text={text} page>
        {canEdit && (
          <>
            <Button component={Link} to={`/p/${id}/integrations/new`}>
              {t('common.connect_source')}
            </Button>
            <Button component={Link} to={`/p/${id}/imports/new`} variant="default">
              {t('common.import_file')}
            </Button>
          </>
        )}
      </EmptyState>
    </Panel>
  )
}
