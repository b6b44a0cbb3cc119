/** Queries at a time; more wait in line. */
export const SLOTS = 32

/**
 * Each running query occupies one thread of Node's pool, and files and gzip need some as well.
 * TRICKY: the pool's size is read from the environment when Node starts, never later.
 */
export const THREADS = SLOTS + 16

/**
 * Bytes of a request's line and headers. Parameters travel in the address, and a list of days or of
 * filter values is long: as much as a server takes by default (`http_max_uri_size`), and the headers.
 */
export const MAX_HEAD_BYTES = 1024 * 1024 + 16 * 1024
