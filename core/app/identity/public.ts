export { projectSalt } from './project_salt.ts'
export { refreshIdentity } from './refresh_identity.ts'
export { projectIdentity, settleIdentity, type ProjectIdentity } from './settings.ts'
