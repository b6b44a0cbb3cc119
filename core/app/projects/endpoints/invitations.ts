import db from '@adonisjs/lucid/services/db'
import { z } from 'zod'
import { emailField } from '#accounts/public'
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
import { Problem } from '#shared/http/problem'
import { parseId } from '#shared/ids'
import { acceptInvitation, invite } from '../invitations.ts'
import { levelOf } from '../members.ts'
import Invitation from '../models/invitation.ts'
import Project from '../models/project.ts'
import { InvitationView, invitationView, levelField, ProjectView, projectView } from '../schemas.ts'

export const indexInvitations = endpoint({
  method: 'GET',
  path: '/projects/:project_id/invitations',
  permission: 'project.manage',
  tag: 'members',
  summary: 'Invitations that are still open',
  query: pageQuery,
  responses: { 200: listOf(InvitationView) },
  handle: async ({ project, query, reply }) => {
    const after = decodeCursor(idPosition, query.cursor) ?? 0
    const invitations = await Invitation.query()
      .where('project_id', project.id)
      .where('id', '>', after)
      .whereNull('accepted_at')
      .where('expires_at', '>', new Date())
      .orderBy('id')
      .limit(query.limit + 1)
    return reply(
      200,
      pageOf(invitations, query.limit, invitationView, (invitation) => invitation.id)
    )
  },
})

export const createInvitation = endpoint({
  method: 'POST',
  path: '/projects/:project_id/invitations',
  permission: 'project.manage',
  tag: 'members',
  summary: 'Invite somebody by e-mail',
  description: 'The token is shown once; it opens the project to the invited address for 7 days.',
  body: z.object({ email: emailField, permission_level: levelField }),
  responses: { 201: dataOf(InvitationView.extend({ token: z.string() })) },
  // A stored answer would keep the token readable.
  idempotent: false,
  handle: async ({ ctx, account, project, body, reply }) => {
    const { invitation, token } = await db.transaction(async (trx) => {
      const made = await invite(
        {
          projectId: project.id,
          email: body.email,
          permissionLevel: body.permission_level,
          invitedBy: account.id,
        },
        trx
      )
      await audit(
        ctx,
        {
          action: 'invitation.created',
          ...actor(account),
          projectId: project.id,
          target: `invitation:${made.invitation.id}`,
          details: { permission_level: body.permission_level },
        },
        trx
      )
      return made
    })
    return reply(201, { data: { ...invitationView(invitation), token } })
  },
})

export const deleteInvitation = endpoint({
  method: 'DELETE',
  path: '/projects/:project_id/invitations/:invitation_id',
  permission: 'project.manage',
  tag: 'members',
  summary: 'Withdraw an invitation',
  responses: { 204: empty },
  handle: async ({ ctx, account, project, params, reply }) => {
    const id = parseId(params.invitation_id)
    const invitation = await Invitation.query()
      .where({ id: id ?? 0, project_id: project.id })
      .whereNull('accepted_at')
      .first()
    if (invitation === null) throw new Problem('not_found')
    await invitation.delete()
    await audit(ctx, {
      action: 'invitation.withdrawn',
      ...actor(account),
      projectId: project.id,
      target: `invitation:${invitation.id}`,
    })
    return reply(204)
  },
})

export const acceptInvitationByToken = endpoint({
  method: 'POST',
  path: '/invitations/accept',
  permission: 'account',
  tag: 'members',
  summary: 'Join the project one was invited to',
  body: z.object({ token: z.string().min(1).max(200) }),
  responses: { 200: dataOf(ProjectView) },
  problems: ['not_found'],
  handle: async ({ ctx, account, body, reply }) => {
    const project = await db.transaction(async (trx) => {
      const invitation = await acceptInvitation(body.token, account.user, trx)
      await audit(
        ctx,
        {
          action: 'invitation.accepted',
          ...actor(account),
          projectId: invitation.projectId,
          target: `invitation:${invitation.id}`,
        },
        trx
      )
      return Project.findOrFail(invitation.projectId, { client: trx })
    })
    return reply(200, { data: projectView(project, await levelOf(project.id, account.id)) })
  },
})
