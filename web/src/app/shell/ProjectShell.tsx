import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet, useParams } from 'react-router'
import { ApiError } from '../../api/problem.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { PageSkeleton } from '../../components/PageSkeleton.tsx'
import { rememberProject } from '../../features/projects/last_project.ts'
import { ProjectContext } from '../../features/projects/project_context.ts'
import { useProjects } from '../../features/projects/use_projects.ts'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { ProjectSwitcher } from './ProjectSwitcher.tsx'
import { ProjectNav } from './ProjectNav.tsx'
import { UserMenu } from './UserMenu.tsx'
import classes from './ProjectShell.module.css'

const FOREIGN = new ApiError({ status: 403, code: 'forbidden' })

/** The frame of a project's pages: navigation at the side, on phones at the bottom. */
export function ProjectShell() {
  const { t } = useTranslation()
  return (
    <div className={classes.shell}>
      <a href="#main" className={classes.skip}>
        {t('shell.skip')}
      </a>
      <div className={classes.side}>
        <ProjectSwitcher />
        <ProjectNav />
        <UserMenu />
      </div>
      <main id="main" className={classes.main} tabIndex={-1}>
        <ConnectionBanner />
        <ProjectOutlet />
      </main>
    </div>
  )
}

function ProjectOutlet() {
  const { projectId } = useParams()
  const projects = useProjects()
  const project = projects.data?.find(({ id }) => id === projectId)

  useEffect(() => {
    if (project) rememberProject(project.id)
  }, [project])

  if (projects.isPending) return <PageSkeleton />
  if (projects.isError) return <ErrorState error={projects.error} onRetry={projects.refetch} page />
  if (!project) return <ErrorState error={FOREIGN} page />
  return (
    <ProjectContext value={project}>
      <Outlet key={project.id} />
    </ProjectContext>
  )
}
