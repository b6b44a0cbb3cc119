import { accountTexts } from './account.ts'
import { commonTexts } from './common.ts'
import { dashboardTexts } from './dashboard.ts'

export const ru = { ...commonTexts, ...accountTexts, ...dashboardTexts } as const
