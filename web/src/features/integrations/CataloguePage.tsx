import { Button, Skeleton } from '@mantine/core'
import { IconChevronLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Source } from '../../api/types.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useProject } from '../projects/project_context.ts'
import { SourceMark } from './SourceMark.tsx'
import { SunsetNote } from './SunsetNote.tsx'
import { useSources } from './use_integrations.ts'
import classes from './Catalogue.module.css'

/** Every source that is installed. */
export function CataloguePage() {
  const { t } = useTranslation()
  const { id } = useProject()
  const sources = useSources()
  return (
    <Page
      title={t('catalogue.title')}
      subtitle={t('catalogue.subtitle')}
      actions={
        <Button
          component={Link}
          to={`/p/${id}/integrations`}
          variant="default"
          leftSection={<IconChevronLeft size={16} aria-hidden />}
        >
          {t('integrations.title')}
        </Button>
      }
    >
      {sources.isPending && <Skeleton height={220} />}
      {sources.isError && (
        <Panel>
          <ErrorState error={sources.error} onRetry={sources.refetch} />
        </Panel>
      )}
      <ul className={classes.grid}>
        {sources.data?.map((source) => (
          <SourceCard key={source.id} source={source} />
        ))}
      </ul>
    </Page>
  )
}

function SourceCard({ source }: { source: Source }) {
  const { t } = useTranslation()
  const isOff = source.status === 'disabled'
  return (
    <li className={classes.card} data-off={isOff}>
      <div className={classes.head}>
        <SourceMark title={source.title} />
        <span>
          <b>{source.title}</b>
          <small>
            {[...new Set(source.auth)].map((kind) => t(`auth_kind.${kind}`)).join(' · ')}
          </small>
        </span>
      </div>
      <p className={classes.reads}>
        {isOff ? source.message : source.streams.map(({ title }) => title).join(' · ')}
      </p>
      {source.vendor_api && <SunsetNote api={source.vendor_api} />}
      {!isOff && <ConnectLink source={source} />}
    </li>
  )
}

function ConnectLink({ source }: { source: Source }) {
  const { t } = useTranslation()
  const { id } = useProject()
  const isFile = source.capabilities.file_import
  return (
    <Button
      component={Link}
      to={isFile ? `/p/${id}/imports/new` : `/p/${id}/integrations/new/${source.id}`}
      variant="default"
      aria-label={`${t(isFile ? 'common.import_file' : 'catalogue.connect')}: ${source.title}`}
    >
      {t(isFile ? 'common.import_file' : 'catalogue.connect')}
    </Button>
  )
}
