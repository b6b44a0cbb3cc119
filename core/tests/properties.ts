/** `npm run soak` asks for many more histories than `npm test` has time for. */
const asked = process.env.AF_PROPERTY_RUNS

/** How many random cases a property is held against. */
export const propertyRuns = (usual: number): number => Number(asked ?? usual)

/** Milliseconds that this may take; without a limit where more than usual was asked for. */
export const propertyTimeout = (usual: number): number => (asked === undefined ? usual : 0)
