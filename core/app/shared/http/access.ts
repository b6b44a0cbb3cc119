import type { AccessRules } from './types.ts'

let rules: AccessRules | undefined

/**
 * Accounts and projects are domains above this one, so they bring their rules here instead of being
 * imported (start/routes.ts).
 */
export function useAccessRules(provided: AccessRules): void {
  rules = provided
}

export function accessRules(): AccessRules {
  if (rules === undefined) throw new Error('No access rules are registered')
  return rules
}
