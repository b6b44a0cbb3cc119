import { showMe, updateMe } from './endpoints/me.ts'
import { register, showRegistration } from './endpoints/registration.ts'
import { refresh, revoke, signIn } from './endpoints/tokens.ts'

export default [signIn, refresh, revoke, showRegistration, register, showMe, updateMe]
