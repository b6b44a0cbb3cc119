import { accountTexts } from './account.ts'
import { commonTexts } from './common.ts'
import { dashboardTexts } from './dashboard.ts'

export const en = { ...commonTexts, ...accountTexts, ...dashboardTexts } as const
