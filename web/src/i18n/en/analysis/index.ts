import { attributionTexts } from './attribution.ts'
import { journeyTexts } from './journeys.ts'

/** Of attribution and journeys: loaded with their pages. */
export const analysisTexts = { ...attributionTexts, ...journeyTexts } as const
