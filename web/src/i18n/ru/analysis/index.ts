import { attributionTexts } from './attribution.ts'
import { journeyTexts } from './journeys.ts'
import { peopleTexts } from './people.ts'

/** Of attribution and journeys: loaded with their pages. */
export const analysisTexts = { ...attributionTexts, ...journeyTexts, ...peopleTexts } as const
