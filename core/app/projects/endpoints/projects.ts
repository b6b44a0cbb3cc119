import db from '@adonisjs/lucid/services/db'
import { z } from 'zod'
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
import { addMember, levelOf } from '../members.ts'
import Project from '../models/project.ts'
import type { PermissionLevel } from '../permissions.ts'
import { runChangeGuards, runDeletionHooks, type ProjectChanges } from '../project_hooks.ts'
import { projectFields, ProjectView, projectView } from '../schemas.ts'

export const listProjects = endpoint({
  method: 'GET',
  path: '/projects',
  permission: 'account',
  tag: 'projects',
  summary: 'The projects the caller may see',
  description: 'Admins see all projects, everybody else those they are a member of.',
  query: pageQuery,
  responses: { 200: listOf(ProjectView) },
  handle: async ({ account, query, reply }) => {
    const after = decodeCursor(idPosition, query.cursor) ?? 0
    const projects = await Project.query()
      .leftJoin('project_members as m', (join) => {
        join.on('m.project_id', 'projects.id').andOnVal('m.user_id', account.id)
      })
      .where('projects.id', '>', after)
      .if(account.role !== 'admin', (rows) => rows.whereNotNull('m.user_id'))
      .select('projects.*', 'm.permission_level')
      .orderBy('projects.id')
      .limit(query.limit + 1)
    const level = ({ $extras }: Project) => $extras.permission_level as PermissionLevel | null
    return reply(
      200,
      pageOf(
        projects,
        query.limit,
        (project) => projectView(project, level(project)),
        (project) => project.id
      )
    )
  },
})

export const createProject = endpoint({
  method: 'POST',
  path: '/projects',
  permission: 'projects.create',
  tag: 'projects',
  summary: 'Create a project',
  body: z.object({
    name: projectFields.name,
    currency: projectFields.currency.default('USD'),
    timezone: projectFields.timezone.default('UTC'),
    week_start: projectFields.week_start.default('monday'),
  }),
  responses: { 201: dataOf(ProjectView) },
  handle: async ({ ctx, account, body, reply }) => {
    const project = await db.transaction(async (trx) => {
      const created = await Project.create(
        {
          name: body.name,
          ownerId: account.id,
          currency: body.currency,
          timezone: body.timezone,
          weekStart: body.week_start,
        },
        { client: trx }
      )
      await addMember(created.id, account.id, 'owner', trx)
      await audit(ctx, { action: 'project.created', ...actor(account), projectId: created.id }, trx)
      return created
    })
    return reply(201, { data: projectView(project, 'owner') })
  },
})

export const showProject = endpoint({
  method: 'GET',
  path: '/projects/:project_id',
  permission: 'project.read',
  tag: 'projects',
  summary: 'One project',
  responses: { 200: dataOf(ProjectView) },
  handle: async ({ account, project, reply }) => {
    const found = await Project.findOrFail(project.id)
    const level = account.kind === 'user' ? await levelOf(project.id, account.id) : null
    return reply(200, { data: projectView(found, level) })
  },
})

export const updateProject = endpoint({
  method: 'PATCH',
  path: '/projects/:project_id',
  permission: 'project.write',
  tag: 'projects',
  summary: 'Change a project',
  description:
    'A new currency or time zone has every figure computed anew; until that is done, within seconds, reports show the former days.',
  body: z.object(projectFields).partial(),
  responses: { 200: dataOf(ProjectView) },
  problems: ['conflict'],
  handle: async ({ ctx, account, project, body, reply }) => {
    const updated = await db.transaction(async (trx) => {
      const row = await Project.query({ client: trx })
        .where('id', project.id)
        .forUpdate()
        .firstOrFail()
      const rebuilding = rebuildingChanges(row, body)
      if (Object.keys(rebuilding).length > 0) await runChangeGuards(row, rebuilding, trx)
      if (body.name !== undefined) row.name = body.name
      if (body.week_start !== undefined) row.weekStart = body.week_start
      await row.merge(rebuilding).save()
      await audit(
        ctx,
        {
          action: 'project.updated',
          ...actor(account),
          projectId: row.id,
          details: { fields: Object.keys(body) },
        },
        trx
      )
      return row
    })
    const level = account.kind === 'user' ? await levelOf(project.id, account.id) : null
    return reply(200, { data: projectView(updated, level) })
  },
})

/** The changes under which stored facts would mean something else. */
function rebuildingChanges(
  project: Project,
  body: { currency?: string | undefined; timezone?: string | undefined }
): ProjectChanges {
  const { currency, timezone } = body
  return {
    ...(currency !== undefined && currency !== project.currency && { currency }),
    ...(timezone !== undefined && timezone !== project.timezone && { timezone }),
  }
}

export const deleteProject = endpoint({
  method: 'DELETE',
  path: '/projects/:project_id',
  permission: 'project.manage',
  tag: 'projects',
  summary: 'Delete a project with everything in it',
  responses: { 204: empty },
  handle: async ({ ctx, account, project, reply }) => {
    await db.transaction(async (trx) => {
      const row = await Project.query({ client: trx }).where('id', project.id).forUpdate().first()
      // Deleted by another request a moment ago: by now it is like any unknown project.
      if (row === null) throw new Problem('forbidden')
      await runDeletionHooks(row, trx)
      const details = { name: row.name }
      await row.useTransaction(trx).delete()
      await audit(
        ctx,
        { action: 'project.deleted', ...actor(account), projectId: row.id, details },
        trx
      )
    })
    return reply(204)
  },
})
