import { IconChartAreaLine } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ReportGate } from '../period/ReportGate.tsx'
import { Dashboard } from './Dashboard.tsx'
import { DashboardSkeleton } from './DashboardSkeleton.tsx'

export function DashboardPage() {
  const { t } = useTranslation()
  return (
    <ReportGate
      title={t('dashboard.title')}
      skeleton={<DashboardSkeleton />}
      empty={{
        icon: IconChartAreaLine,
        title: t('dashboard.empty_title'),
        text: t('dashboard.empty_text'),
      }}
    >
      {(data) => <Dashboard data={data} />}
    </ReportGate>
  )
}
