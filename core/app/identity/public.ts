export { refreshIdentity } from './refresh_identity.ts'
