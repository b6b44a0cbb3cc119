import { z } from 'zod'
import { weekStarts } from '#shared/http/types'
import type ApiKey from './models/api_key.ts'
import type Invitation from './models/invitation.ts'
import type Project from './models/project.ts'
import type { Member } from './members.ts'
import { apiKeyPermissions, permissionLevels, type PermissionLevel } from './permissions.ts'

const currencies = new Set(Intl.supportedValuesOf('currency'))

/**
 * The zone's name in the spelling that ClickHouse and PostgreSQL know.
 *
 * TRICKY: Intl ignores case, takes offsets (+03:00, without daylight-saving rules), and answers some
 * of today's names with yesterday's (Asia/Kolkata → Asia/Calcutta), so those stay as given.
 */
function canonicalTimezone(name: string): string | null {
  if (!/^[a-z]/i.test(name)) return null
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
    const isAlias = timeZone.toLowerCase() !== name.toLowerCase()
    return isAlias && /^([A-Z][\w+-]*)(\/[A-Z][\w+-]*)*$/.test(name) ? name : timeZone
  } catch {
    return null
  }
}

const currencyField = z
  .string()
  .trim()
  .toUpperCase()
  .refine((code) => currencies.has(code), 'Give an ISO 4217 code such as EUR')
  .describe('ISO 4217')

export const timezoneField = z
  .string()
  .max(64)
  .transform((name, context) => {
    const zone = canonicalTimezone(name.trim())
    if (zone === null) context.addIssue('Give an IANA time zone such as Europe/London')
    return zone ?? z.NEVER
  })
  .describe('IANA time zone')

export const levelField = z.enum(permissionLevels)

export const projectFields = {
  name: z.string().trim().min(1).max(200),
  currency: currencyField,
  timezone: timezoneField,
  week_start: z.enum(weekStarts),
}

const time = z.iso.datetime({ offset: true })

export const ProjectView = z
  .object({
    id: z.string(),
    name: z.string(),
    currency: z.string(),
    timezone: z.string(),
    week_start: z.enum(weekStarts),
    owner_id: z.string(),
    permission_level: levelField
      .nullable()
      .describe('Of the caller; null for admins and API keys, who are no members'),
    created_at: time,
  })
  .meta({ id: 'Project' })

export function projectView(
  project: Project,
  level: PermissionLevel | null
): z.input<typeof ProjectView> {
  return {
    id: String(project.id),
    name: project.name,
    currency: project.currency,
    timezone: project.timezone,
    week_start: project.weekStart,
    owner_id: String(project.ownerId),
    permission_level: level,
    created_at: project.createdAt.toJSDate().toISOString(),
  }
}

export const MemberView = z
  .object({
    user_id: z.string(),
    email: z.string(),
    full_name: z.string().nullable(),
    permission_level: levelField,
    created_at: time,
  })
  .meta({ id: 'Member' })

export function memberView(member: Member): z.input<typeof MemberView> {
  return {
    user_id: String(member.user_id),
    email: member.email,
    full_name: member.full_name,
    permission_level: member.permission_level,
    created_at: member.created_at.toISOString(),
  }
}

export const InvitationView = z
  .object({
    id: z.string(),
    email: z.string(),
    permission_level: levelField,
    created_at: time,
    expires_at: time,
  })
  .meta({ id: 'Invitation' })

export function invitationView(invitation: Invitation): z.input<typeof InvitationView> {
  return {
    id: String(invitation.id),
    email: invitation.email,
    permission_level: invitation.permissionLevel,
    created_at: invitation.createdAt.toJSDate().toISOString(),
    expires_at: invitation.expiresAt.toJSDate().toISOString(),
  }
}

export const ApiKeyView = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string().describe('The first characters of the key'),
    permissions: z.array(z.enum(apiKeyPermissions)),
    created_by: z.string(),
    created_at: time,
    last_used_at: time.nullable(),
  })
  .meta({ id: 'ApiKey' })

export function apiKeyView(key: ApiKey): z.input<typeof ApiKeyView> {
  return {
    id: String(key.id),
    name: key.name,
    prefix: key.prefix,
    permissions: key.permissions,
    created_by: String(key.createdBy),
    created_at: key.createdAt.toJSDate().toISOString(),
    last_used_at: key.lastUsedAt?.toJSDate().toISOString() ?? null,
  }
}
