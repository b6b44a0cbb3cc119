import { accountTexts } from './account.ts'
import { commonTexts } from './common.ts'
import { dashboardTexts } from './dashboard.ts'
import { importTexts } from './imports.ts'

export const ru = { ...commonTexts, ...accountTexts, ...importTexts, ...dashboardTexts } as const
