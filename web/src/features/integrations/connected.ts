/** How a consent at a vendor ended, as its callback says it in the address. */
export const CONNECTED = [
  'ok',
  'denied',
  'wrong_state',
  'wrong_browser',
  'expired',
  'reused',
  'forged',
  'wrong_account',
  'scope_missing',
  'forbidden',
  'failed',
] as const
export type Connected = (typeof CONNECTED)[number]

export const CONNECTED_PARAMETER = 'connected'

/** Whoever writes something else there is told of a failure, and nothing that they wrote. */
export const connectedIn = (search: URLSearchParams): Connected | null => {
  const said = search.get(CONNECTED_PARAMETER)
  return said === null ? null : (CONNECTED.find((one) => one === said) ?? 'failed')
}
