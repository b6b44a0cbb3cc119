import { Button, Skeleton } from '@mantine/core'
import { IconAlertOctagon, IconArrowLeft, IconChartAreaLine } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { Import } from '../../api/types.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import { ImportCounts } from './ImportCounts.tsx'
import { ImportRunning } from './ImportRunning.tsx'
import { RejectedRows } from './RejectedRows.tsx'
import { ReplaceButton } from './ReplaceButton.tsx'
import { StatusBadge } from './StatusBadge.tsx'
import { isActive, useImport } from './use_imports.ts'

export function ImportPage() {
  const { t } = useTranslation()
  const project = useProject()
  const { importId = '' } = useParams()
  const { data: item, error, refetch } = useImport(project.id, importId)
  return (
    <Page
      title={item?.name ?? t('imports.import')}
      subtitle={item && <StatusBadge item={item} />}
      actions={<BackButton />}
    >
      {item ? (
        <ImportState item={item} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <Skeleton height={240} radius="md" aria-label={t('common.loading')} />
      )}
    </Page>
  )
}

function BackButton() {
  const { t } = useTranslation()
  const { id } = useProject()
  return (
    <Button
      component={Link}
      to={`/p/${id}/imports`}
      variant="default"
      leftSection={<IconArrowLeft size={16} aria-hidden />}
    >
      {t('imports.back')}
    </Button>
  )
}

function ImportState({ item }: { item: Import }) {
  if (isActive(item)) return <ImportRunning item={item} />
  if (item.status === 'failed') return <Failed item={item} />
  return <Done item={item} />
}

function Failed({ item }: { item: Import }) {
  const { t } = useTranslation()
  return (
    <Panel>
      <EmptyState
        icon={IconAlertOctagon}
        tone="bad"
        title={t('imports.failed_title')}
        text={`${item.error?.message ?? t('imports.failed_unknown')} ${t('imports.failed_text')}`}
      >
        <ReplaceButton name={item.name}>{t('imports.try_again')}</ReplaceButton>
      </EmptyState>
      <RejectedRows item={item} />
    </Panel>
  )
}

function Done({ item }: { item: Import }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { id } = useProject()
  return (
    <>
      <Panel
        title={t('imports.done_title')}
        subtitle={item.finished_at && format.moment(item.finished_at)}
        actions={
          <>
            <ReplaceButton name={item.name} variant="default">
              {t('imports.replace')}
            </ReplaceButton>
            <Button
              component={Link}
              to={`/p/${id}/dashboard`}
              leftSection={<IconChartAreaLine size={16} aria-hidden />}
            >
              {t('imports.to_dashboard')}
            </Button>
          </>
        }
      >
        <ImportCounts item={item} />
      </Panel>
      {item.rows_rejected > 0 && (
        <Panel title={t('imports.rejected_title')} subtitle={t('imports.rejected_text')}>
          <RejectedRows item={item} />
        </Panel>
      )}
    </>
  )
}
