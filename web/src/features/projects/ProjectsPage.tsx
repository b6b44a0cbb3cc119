import { Button, Skeleton, TextInput } from '@mantine/core'
import { IconFolders, IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Project } from '../../api/types.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { ProjectMark } from './ProjectMark.tsx'
import { useProjects } from './use_projects.ts'
import classes from './ProjectsPage.module.css'

/** From this many projects on, a search field earns its place. */
const SEARCHABLE = 8

export function ProjectsPage() {
  const { t } = useTranslation()
  return (
    <Page
      title={t('projects.title')}
      narrow
      actions={
        <Button component={Link} to="/projects/new" leftSection={<IconPlus size={16} />}>
          {t('projects.new')}
        </Button>
      }
    >
      <ProjectList />
    </Page>
  )
}

function ProjectList() {
  const { t } = useTranslation()
  const { data, error, isPending, refetch } = useProjects()
  const [search, setSearch] = useState('')
  if (isPending) return <Skeleton height={220} radius="md" aria-label={t('common.loading')} />
  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (data.length === 0) {
    return (
      <Panel>
        <EmptyState
          icon={IconFolders}
          title={t('projects.empty_title')}
          text={t('projects.empty_text')}
        >
          <Button component={Link} to="/projects/new">
            {t('projects.create')}
          </Button>
        </EmptyState>
      </Panel>
    )
  }
  const found = data.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))
  return (
    <>
      {data.length >= SEARCHABLE && (
        <TextInput
          aria-label={t('projects.search')}
          placeholder={t('projects.search')}
          leftSection={<IconSearch size={16} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          mb="md"
        />
      )}
      <ul className={classes.list}>
        {found.map((project) => (
          <ProjectRow key={project.id} project={project} />
        ))}
      </ul>
    </>
  )
}

function ProjectRow({ project }: { project: Project }) {
  return (
    <li>
      <Link to={`/p/${project.id}/dashboard`} className={classes.row}>
        <ProjectMark name={project.name} size={36} />
        <span className={classes.text}>
          <span className={classes.name}>{project.name}</span>
          <span className={classes.meta}>
            {project.currency} · {project.timezone.replaceAll('_', ' ')}
          </span>
        </span>
      </Link>
    </li>
  )
}
