import { Skeleton } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../components/Panel.tsx'
import { TableSkeleton } from '../../components/TableSkeleton.tsx'
import { ReportGate } from '../period/ReportGate.tsx'
import { Attribution } from './Attribution.tsx'

export function AttributionPage() {
  const { t } = useTranslation()
  return (
    <ReportGate
      title={t('attribution.title')}
      skeleton={<AttributionSkeleton />}
      empty={{
        icon: IconRoute,
        title: t('attribution.empty_title'),
        text: t('attribution.empty_text'),
      }}
    >
      {(data) => <Attribution data={data} />}
    </ReportGate>
  )
}

/** The outline of the page that is coming, so that nothing moves when it arrives. */
function AttributionSkeleton() {
  return (
    <>
      <Skeleton height={30} width={520} maw="100%" mb={16} />
      <Panel>
        <Skeleton height={52} />
      </Panel>
      <Panel>
        <Skeleton height={280} />
      </Panel>
      <Panel>
        <TableSkeleton />
      </Panel>
    </>
  )
}
