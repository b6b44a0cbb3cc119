import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { JourneysReport } from '../../api/types.ts'
import { Panel } from '../../components/Panel.tsx'
import { Histogram } from '../../components/Histogram.tsx'
import { DAY_STARTS, toBuckets, TOUCH_STARTS, trimmed, type Bucket } from './lengths.ts'
import classes from './LengthsPanels.module.css'

interface LengthsPanelsProps {
  report: JourneysReport | undefined
  stale: boolean
}

/** How many touches and how many days a conversion takes. */
export function LengthsPanels({ report, stale }: LengthsPanelsProps) {
  const { t } = useTranslation()
  const touches = report?.lengths.touches.map((row) => ({
    at: row.touches,
    count: row.conversions,
  }))
  const days = report?.lengths.days.map((row) => ({ at: row.days, count: row.conversions }))
  return (
    <div className={classes.panels} data-stale={stale}>
      <Panel title={t('journeys.touches_title')} subtitle={t('journeys.touches_text')}>
        <Lengths buckets={touches && trimmed(toBuckets(touches, TOUCH_STARTS))} />
      </Panel>
      <Panel title={t('journeys.days_title')} subtitle={t('journeys.days_text')}>
        <Lengths buckets={days && trimmed(toBuckets(days, DAY_STARTS))} ofDays />
      </Panel>
    </div>
  )
}

interface LengthsProps {
  buckets: Bucket[] | undefined
  ofDays?: boolean
}

function Lengths({ buckets, ofDays = false }: LengthsProps) {
  const { t } = useTranslation()
  if (!buckets) return <Skeleton height={180} />
  if (buckets.length === 0) return <p className={classes.none}>{t('journeys.none')}</p>
  const labelOf = ({ from, to }: Bucket): string => {
    if (ofDays && from === 0) return t('journeys.same_day')
    if (to === undefined) return t('journeys.at_least', { from })
    return from === to ? String(from) : `${from}–${to}`
  }
  return (
    <Histogram rows={buckets.map((bucket) => ({ label: labelOf(bucket), count: bucket.count }))} />
  )
}
