import { Navigate, useLocation } from 'react-router'
import { ErrorState } from '../components/ErrorState.tsx'
import { PageSkeleton } from '../components/PageSkeleton.tsx'
import { lastProjectId } from '../features/projects/last_project.ts'
import { useProjects } from '../features/projects/use_projects.ts'

/**
 * Straight to the dashboard used last; without any project, to making one. A consent that nobody can
 * place ends here, and is told of where integrations are.
 */
export function Home() {
  const projects = useProjects()
  const { search } = useLocation()
  if (projects.isPending) return <PageSkeleton />
  if (projects.isError) return <ErrorState error={projects.error} onRetry={projects.refetch} page />
  const last = projects.data.find(({ id }) => id === lastProjectId()) ?? projects.data[0]
  if (!last) return <Navigate to="/projects/new" replace />
  const page = new URLSearchParams(search).has('connected') ? `integrations${search}` : 'dashboard'
  return <Navigate to={`/p/${last.id}/${page}`} replace />
}
