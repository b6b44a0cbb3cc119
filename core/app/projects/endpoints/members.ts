import db from '@adonisjs/lucid/services/db'
import { z } from 'zod'
import { emailField, User } from '#accounts/public'
import { actor, audit } from '#shared/audit'
import { empty, endpoint } from '#shared/http/endpoint'
import {
  dataOf,
  decodeCursor,
  idPosition,
  listOf,
  pageOf,
  pageQuery,
} from '#shared/http/pagination'
import { invalidField, Problem } from '#shared/http/problem'
import { parseId } from '#shared/ids'
import { addMember, changeMember, findMember, levelOf, listMembers } from '../members.ts'
import { levelField, MemberView, memberView } from '../schemas.ts'

const memberId = (id: string): number => {
  const parsed = parseId(id)
  if (parsed === null) throw new Problem('not_found', { detail: 'Not a member of this project' })
  return parsed
}

export const indexMembers = endpoint({
  method: 'GET',
  path: '/projects/:project_id/members',
  permission: 'project.read',
  tag: 'members',
  summary: 'Who belongs to the project',
  query: pageQuery,
  responses: { 200: listOf(MemberView) },
  handle: async ({ project, query, reply }) => {
    const after = decodeCursor(idPosition, query.cursor) ?? 0
    const members = await listMembers(project.id, after, query.limit + 1)
    return reply(
      200,
      pageOf(members, query.limit, memberView, (member) => member.user_id)
    )
  },
})

export const createMember = endpoint({
  method: 'POST',
  path: '/projects/:project_id/members',
  permission: 'project.manage',
  tag: 'members',
  summary: 'Add a registered user; others need an invitation',
  body: z.object({ email: emailField, permission_level: levelField }),
  responses: { 201: dataOf(MemberView) },
  problems: ['conflict'],
  handle: async ({ ctx, account, project, body, reply }) => {
    const user = await User.query().where('email', body.email).whereNull('disabled_at').first()
    if (user === null) {
      throw invalidField(
        'email',
        'registered',
        'Nobody is registered with this e-mail; invite them'
      )
    }
    if ((await levelOf(project.id, user.id)) !== null) {
      throw new Problem('conflict', { detail: 'This user is a member already' })
    }
    const member = await db.transaction(async (trx) => {
      await addMember(project.id, user.id, body.permission_level, trx)
      await audit(
        ctx,
        {
          action: 'member.added',
          ...actor(account),
          projectId: project.id,
          target: `user:${user.id}`,
          details: { permission_level: body.permission_level },
        },
        trx
      )
      return findMember(project.id, user.id, trx)
    })
    return reply(201, { data: memberView(member) })
  },
})

export const updateMember = endpoint({
  method: 'PATCH',
  path: '/projects/:project_id/members/:user_id',
  permission: 'project.manage',
  tag: 'members',
  summary: 'Change what a member may do',
  body: z.object({ permission_level: levelField }),
  responses: { 200: dataOf(MemberView) },
  problems: ['conflict'],
  handle: async ({ ctx, account, project, params, body, reply }) => {
    const userId = memberId(params.user_id)
    const member = await db.transaction(async (trx) => {
      await changeMember(project.id, userId, body.permission_level, trx)
      await audit(
        ctx,
        {
          action: 'member.changed',
          ...actor(account),
          projectId: project.id,
          target: `user:${userId}`,
          details: { permission_level: body.permission_level },
        },
        trx
      )
      return findMember(project.id, userId, trx)
    })
    return reply(200, { data: memberView(member) })
  },
})

/** Mounted before the route with `:user_id`, which would match `me` as well. */
export const leaveProject = endpoint({
  method: 'DELETE',
  path: '/projects/:project_id/members/me',
  permission: 'project.read',
  tag: 'members',
  summary: 'Leave the project',
  responses: { 204: empty },
  problems: ['conflict', 'not_found'],
  handle: async ({ ctx, account, project, reply }) => {
    if (account.kind === 'api_key') throw new Problem('forbidden')
    await db.transaction(async (trx) => {
      await changeMember(project.id, account.id, null, trx)
      await audit(ctx, { action: 'member.left', ...actor(account), projectId: project.id }, trx)
    })
    return reply(204)
  },
})

export const deleteMember = endpoint({
  method: 'DELETE',
  path: '/projects/:project_id/members/:user_id',
  permission: 'project.manage',
  tag: 'members',
  summary: 'Remove a member',
  responses: { 204: empty },
  problems: ['conflict'],
  handle: async ({ ctx, account, project, params, reply }) => {
    const userId = memberId(params.user_id)
    await db.transaction(async (trx) => {
      await changeMember(project.id, userId, null, trx)
      await audit(
        ctx,
        {
          action: 'member.removed',
          ...actor(account),
          projectId: project.id,
          target: `user:${userId}`,
        },
        trx
      )
    })
    return reply(204)
  },
})
