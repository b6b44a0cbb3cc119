import { Button, Skeleton } from '@mantine/core'
import { IconFileImport, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useCanEdit, useProject } from '../projects/project_context.ts'
import { ImportsTable } from './ImportsTable.tsx'
import { useImports } from './use_imports.ts'

export function ImportsPage() {
  const { t } = useTranslation()
  const project = useProject()
  const canEdit = useCanEdit()
  const imports = useImports(project.id)
  const start = `/p/${project.id}/imports/new`
  return (
    <Page
      title={t('imports.title')}
      subtitle={t('imports.subtitle')}
      actions={
        canEdit && (
          <Button component={Link} to={start} leftSection={<IconPlus size={16} />}>
            {t('imports.new')}
          </Button>
        )
      }
    >
      <Panel flush>
        {imports.isPending && (
          <div style={{ padding: '4px 20px 20px' }} role="status" aria-label={t('common.loading')}>
            {[0, 1, 2].map((row) => (
              <Skeleton key={row} height={40} mt={8} />
            ))}
          </div>
        )}
        {imports.isError && <ErrorState error={imports.error} onRetry={imports.refetch} />}
        {imports.data?.length === 0 && (
          <EmptyState
            icon={IconFileImport}
            title={t('imports.empty_title')}
            text={t('imports.empty_text')}
          >
            {canEdit && (
              <Button component={Link} to={start}>
                {t('common.import_file')}
              </Button>
            )}
          </EmptyState>
        )}
        {imports.data && imports.data.length > 0 && <ImportsTable imports={imports.data} />}
      </Panel>
    </Page>
  )
}
