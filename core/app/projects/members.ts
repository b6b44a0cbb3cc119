import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { Problem } from '#shared/http/problem'
import type { PermissionLevel } from './permissions.ts'

export interface Member {
  user_id: number
  email: string
  full_name: string | null
  permission_level: PermissionLevel
  created_at: Date
}

/** The level a user has in a project; `null` for those who are no members. */
export async function levelOf(projectId: number, userId: number): Promise<PermissionLevel | null> {
  const row = await db
    .query<{ permission_level: PermissionLevel }>()
    .from('project_members')
    .where({ project_id: projectId, user_id: userId })
    .first()
  return row?.permission_level ?? null
}

function memberQuery(projectId: number, client: QueryClientContract) {
  return client
    .query<Member>()
    .from('project_members as m')
    .join('users as u', 'u.id', 'm.user_id')
    .where('m.project_id', projectId)
    .select('m.user_id', 'u.email', 'u.full_name', 'm.permission_level', 'm.created_at')
}

export function listMembers(projectId: number, after: number, limit: number): Promise<Member[]> {
  return memberQuery(projectId, db.connection())
    .where('m.user_id', '>', after)
    .orderBy('m.user_id')
    .limit(limit)
}

export async function findMember(
  projectId: number,
  userId: number,
  client: QueryClientContract = db.connection()
): Promise<Member> {
  const member = await memberQuery(projectId, client).where('m.user_id', userId).first()
  if (member === null) throw new Problem('not_found', { detail: 'Not a member of this project' })
  return member
}

/** Makes the user a member; where they are one already, the higher of both levels holds. */
export async function addMember(
  projectId: number,
  userId: number,
  level: PermissionLevel,
  client: QueryClientContract
): Promise<void> {
  await client.rawQuery(
    `insert into project_members (project_id, user_id, permission_level) values (?, ?, ?)
     on conflict (project_id, user_id) do update set permission_level =
       case when 'owner' in (project_members.permission_level, excluded.permission_level) then 'owner'
            when 'editor' in (project_members.permission_level, excluded.permission_level) then 'editor'
            else 'viewer' end`,
    [projectId, userId, level]
  )
}

/** `null` removes the member and the keys that they made. The last owner keeps the project. */
export async function changeMember(
  projectId: number,
  userId: number,
  level: PermissionLevel | null,
  trx: TransactionClientContract
): Promise<void> {
  // TRICKY: two owners leaving at once would each see the other; the project's row serialises them.
  await trx.from('projects').where('id', projectId).forUpdate()
  await findMember(projectId, userId, trx)
  if (level !== 'owner') await handOverOwnership(projectId, userId, trx)
  const row = trx.from('project_members').where({ project_id: projectId, user_id: userId })
  if (level !== null) {
    await row.update({ permission_level: level })
    return
  }
  await row.delete()
  await trx.from('api_keys').where({ project_id: projectId, created_by: userId }).delete()
}

/** Makes sure that an owner remains, and that `projects.owner_id` names one. */
async function handOverOwnership(
  projectId: number,
  leaving: number,
  trx: TransactionClientContract
): Promise<void> {
  const { rows } = await trx.rawQuery<{ rows: { heir: number | null }[] }>(
    `select min(user_id) as heir from project_members
      where project_id = ? and permission_level = 'owner' and user_id <> ?`,
    [projectId, leaving]
  )
  const heir = rows[0]?.heir ?? null
  if (heir === null) {
    throw new Problem('conflict', { detail: 'The last owner cannot leave; make another one first' })
  }
  await trx.from('projects').where({ id: projectId, owner_id: leaving }).update({ owner_id: heir })
}
