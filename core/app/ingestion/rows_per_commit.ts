/** Staged rows that are made visible without waiting for the rest of a long history. */
export const rowsPerCommit = (): number => Number(process.env.AF_ROWS_PER_COMMIT ?? 50_000)
