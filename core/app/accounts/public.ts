export { authenticateUser, bearerToken, findAccount } from './authenticate.ts'
export { useInvitationDesk, type InvitationDesk } from './invitations.ts'
export { emailField, UserView, userView } from './schemas.ts'
export { default as User } from './models/user.ts'
