/** Catches typing slips only; whether the address exists is for the server to find out. */
export const isEmail = (value: string): boolean => /^[^\s@]+@[^\s@]+$/.test(value.trim())

export const MIN_PASSWORD = 8
