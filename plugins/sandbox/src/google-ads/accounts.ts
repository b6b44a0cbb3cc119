import { ANALYST, MANAGER } from '../google-identity/users.ts'
import { SERVICE_ACCOUNT } from '../google-identity/service_account.ts'

export type AccountStatus = 'ENABLED' | 'CANCELED' | 'SUSPENDED' | 'CLOSED'

export interface Account {
  id: string
  name: string
  currency: string
  timeZone: string
  isManager: boolean
  status: AccountStatus
  /** The manager that it hangs under. */
  parent: string | null
  /** Which campaigns run in it: the shop's, a trial abroad that nobody buys from, none. */
  holds: 'shop' | 'trial' | 'nothing'
}

export const MANAGER_ID = '7205550100'
export const SHOP_ID = '7205550134'
export const TRIAL_ID = '7205550187'
export const EMPTY_ID = '7205550155'
export const CANCELED_ID = '7205550142'
const AGENCY_ID = '7205550111'

const EUROPE = {
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  isManager: false,
  status: 'ENABLED',
} as const

export const ACCOUNTS: readonly Account[] = [
  {
    ...EUROPE,
    id: MANAGER_ID,
    name: 'Harbour Coffee (manager)',
    isManager: true,
    parent: null,
    holds: 'nothing',
  },
  { ...EUROPE, id: SHOP_ID, name: 'Harbour Coffee DACH', parent: MANAGER_ID, holds: 'shop' },
  {
    ...EUROPE,
    id: AGENCY_ID,
    name: 'Agency',
    isManager: true,
    parent: MANAGER_ID,
    holds: 'nothing',
  },
  {
    ...EUROPE,
    id: TRIAL_ID,
    name: 'Harbour Coffee US',
    currency: 'USD',
    timeZone: 'America/New_York',
    parent: AGENCY_ID,
    holds: 'trial',
  },
  { ...EUROPE, id: EMPTY_ID, name: 'Wholesale', parent: MANAGER_ID, holds: 'nothing' },
  {
    ...EUROPE,
    id: CANCELED_ID,
    name: 'Old shop',
    status: 'CANCELED',
    parent: MANAGER_ID,
    holds: 'nothing',
  },
]

/** Accounts that a Google user was invited to by name. */
export const DIRECT: Record<string, readonly string[]> = {
  [MANAGER]: [MANAGER_ID, CANCELED_ID],
  [ANALYST]: [SHOP_ID],
  [SERVICE_ACCOUNT]: [MANAGER_ID],
}

/** Accounts below one, with how far below. */
export function treeOf(root: Account, accounts: readonly Account[]): [Account, level: number][] {
  const below = accounts.filter(({ parent }) => parent === root.id)
  return [
    [root, 0],
    ...below.flatMap((child) =>
      treeOf(child, accounts).map(([account, level]): [Account, number] => [account, level + 1])
    ),
  ]
}
