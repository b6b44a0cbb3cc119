/** Queries at a time; more wait in line. */
export const SLOTS = 32

/**
 * Each running query occupies one thread of Node's pool, and files and gzip need some as well.
 * TRICKY: the pool's size is read from the environment when Node starts, never later.
 */
export const THREADS = SLOTS + 16
