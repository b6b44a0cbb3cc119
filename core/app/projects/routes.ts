import { createApiKey, deleteApiKey, indexApiKeys } from './endpoints/api_keys.ts'
import {
  acceptInvitationByToken,
  createInvitation,
  deleteInvitation,
  indexInvitations,
} from './endpoints/invitations.ts'
import {
  createMember,
  deleteMember,
  indexMembers,
  leaveProject,
  updateMember,
} from './endpoints/members.ts'
import {
  createProject,
  deleteProject,
  listProjects,
  showProject,
  updateProject,
} from './endpoints/projects.ts'

export default [
  listProjects,
  createProject,
  showProject,
  updateProject,
  deleteProject,
  indexMembers,
  createMember,
  leaveProject,
  updateMember,
  deleteMember,
  indexInvitations,
  createInvitation,
  deleteInvitation,
  acceptInvitationByToken,
  indexApiKeys,
  createApiKey,
  deleteApiKey,
]
