import { Session } from './session_state.ts'
import { indexedDbStore } from './token_store.ts'

/** The one session of this tab. */
export const session = new Session(indexedDbStore())
