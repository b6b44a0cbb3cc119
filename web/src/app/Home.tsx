import { Navigate } from 'react-router'
import { ErrorState } from '../components/ErrorState.tsx'
import { PageSkeleton } from '../components/PageSkeleton.tsx'
import { lastProjectId } from '../features/projects/last_project.ts'
import { useProjects } from '../features/projects/use_projects.ts'

/** Straight to the dashboard used last; without any project, to making one. */
export function Home() {
  const projects = useProjects()
  if (projects.isPending) return <PageSkeleton />
  if (projects.isError) return <ErrorState error={projects.error} onRetry={projects.refetch} page />
  const last = projects.data.find(({ id }) => id === lastProjectId()) ?? projects.data[0]
  return <Navigate to={last ? `/p/${last.id}/dashboard` : '/projects/new'} replace />
}
