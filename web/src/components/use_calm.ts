import { useReducedMotion } from '@mantine/hooks'

/** Whether the person asked for less motion; known at once, before anything has begun to move. */
export const useCalm = (): boolean =>
  useReducedMotion(undefined, { getInitialValueInEffect: false })
