/**
 * Options of a jsonb column. TRICKY: the driver writes plain arrays as PostgreSQL arrays, so every
 * value goes there as text.
 */
export const jsonColumn = {
  prepare: (value: unknown): string | null => (value == null ? null : JSON.stringify(value)),
}
