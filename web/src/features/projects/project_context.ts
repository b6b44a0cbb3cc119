import { createContext, use } from 'react'
import type { Project } from '../../api/types.ts'

export const ProjectContext = createContext<Project | null>(null)

/** The project whose pages are open. Only below ProjectShell. */
export function useProject(): Project {
  const project = use(ProjectContext)
  if (!project) throw new Error('useProject needs ProjectShell above it')
  return project
}

/** Whether the person may change the project's data; viewers may only look. */
export const useCanEdit = (): boolean => useProject().permission_level !== 'viewer'

/** Owners; admins belong to no project and may still manage all. */
export function useCanManage(): boolean {
  const { permission_level: level } = useProject()
  return level === 'owner' || level === null
}
