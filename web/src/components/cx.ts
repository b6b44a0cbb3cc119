/** Class names of several modules on one element. */
export const cx = (...names: (string | undefined)[]): string => names.filter(Boolean).join(' ')
