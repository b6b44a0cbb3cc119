import { attributionTexts } from './attribution.ts'

/** Of attribution and journeys: loaded with their pages. */
export const analysisTexts = { ...attributionTexts } as const
