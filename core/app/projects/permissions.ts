import type { Account, Permission, ProjectPermission } from '#shared/http/types'

/** From most to least. */
export const permissionLevels = ['owner', 'editor', 'viewer'] as const
export type PermissionLevel = (typeof permissionLevels)[number]

/** What a key may be given. Managing members and keys stays with people. */
export const apiKeyPermissions = ['project.read', 'project.write'] as const
export type ApiKeyPermission = (typeof apiKeyPermissions)[number]

const levelsFor: Record<ProjectPermission, readonly PermissionLevel[]> = {
  'project.read': ['owner', 'editor', 'viewer'],
  'project.write': ['owner', 'editor'],
  'project.manage': ['owner'],
}

/** Whether the caller may do this at all, before any project is looked at. */
export function mayEver(account: Account, permission: Permission): boolean {
  if (permission === 'public') return true
  if (account.apiKey !== undefined) {
    return account.apiKey.permissions.some((granted) => granted === permission)
  }
  switch (permission) {
    case 'admin':
      return account.role === 'admin'
    case 'projects.create':
      return account.role !== 'executive'
    case 'project.write':
    case 'project.manage':
      // An executive reads, whatever level a project gives.
      return account.role !== 'executive'
    default:
      return true
  }
}

/** Whether the caller may do this in a project where they have this level (`null`: no member). */
export function mayIn(
  account: Account,
  project: { id: number },
  level: PermissionLevel | null,
  permission: ProjectPermission
): boolean {
  if (!mayEver(account, permission)) return false
  if (account.apiKey !== undefined) return account.apiKey.projectId === project.id
  if (account.role === 'admin') return true
  return level !== null && levelsFor[permission].includes(level)
}
