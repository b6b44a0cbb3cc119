import { Skeleton } from '@mantine/core'
import { IconChartSankey } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../components/Panel.tsx'
import { TableSkeleton } from '../../components/TableSkeleton.tsx'
import { ReportGate } from '../period/ReportGate.tsx'
import { Journeys } from './Journeys.tsx'

export function JourneysPage() {
  const { t } = useTranslation()
  return (
    <ReportGate
      title={t('journeys.title')}
      skeleton={<JourneysSkeleton />}
      empty={{
        icon: IconChartSankey,
        title: t('journeys.empty_title'),
        text: t('journeys.empty_text'),
      }}
    >
      {(data) => <Journeys data={data} />}
    </ReportGate>
  )
}

/** The outline of the page that is coming, so that nothing moves when it arrives. */
function JourneysSkeleton() {
  return (
    <>
      <Skeleton height={30} width={620} maw="100%" mb={16} />
      <Panel>
        <Skeleton height={52} />
      </Panel>
      <Panel>
        <Skeleton height={420} />
      </Panel>
      <Panel>
        <TableSkeleton />
      </Panel>
    </>
  )
}
