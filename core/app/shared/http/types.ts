import type { HttpContext } from '@adonisjs/core/http'
import type { DateTime } from 'luxon'

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * - `public`: nobody needs to be known
 * - `account`: any signed-in user
 * - `admin`: users with the global role admin
 * - `projects.create`: users who may create projects
 * - `project.read|write|manage`: viewers, editors, owners of the project in the path
 */
export type Permission =
  | 'public'
  | 'account'
  | 'admin'
  | 'projects.create'
  | 'project.read'
  | 'project.write'
  | 'project.manage'

export type ProjectPermission = Extract<Permission, `project.${string}`>

export const roles = ['admin', 'marketer', 'executive'] as const
export type Role = (typeof roles)[number]

export const weekStarts = ['monday', 'sunday', 'saturday'] as const
export type WeekStart = (typeof weekStarts)[number]

/** The caller. An API key acts for the user who made it, within its one project. */
export interface Account {
  readonly id: number
  readonly role: Role
  readonly kind: 'user' | 'api_key'
  readonly user: { id: number; email: string; fullName: string | null; role: Role }
  /** Only of API keys. */
  readonly apiKey?: { id: number; projectId: number; permissions: readonly ProjectPermission[] }
}

/** What endpoints know of the project in their path; the Lucid model of `projects` satisfies it. */
export interface ProjectContext {
  id: number
  name: string
  ownerId: number
  currency: string
  timezone: string
  weekStart: WeekStart
  createdAt: DateTime
}

/** How callers and projects are found; `accounts` and `projects` provide it (start/routes.ts). */
export interface AccessRules {
  /** The caller by the Authorization header; throws token_missing, token_invalid, token_expired. */
  authenticate(ctx: HttpContext): Promise<Account>
  /** Throws `forbidden` where the caller may not at all, whatever the project. */
  permit(account: Account, permission: Permission): void
  /** The project, if the caller may do this in it; unknown and foreign ones throw `forbidden`. */
  openProject(
    account: Account,
    projectId: string,
    permission: ProjectPermission
  ): Promise<ProjectContext>
}
