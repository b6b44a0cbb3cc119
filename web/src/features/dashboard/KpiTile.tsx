import { ActionIcon, Tooltip } from '@mantine/core'
import { IconZoomQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { KpiAnswer } from '../../api/types.ts'
import { Delta } from '../../components/Delta.tsx'
import { Sparkline } from '../../components/Sparkline.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useProject } from '../projects/project_context.ts'
import { changeOf, figure, formatMetric, type Metric } from './metrics.ts'
import { nullReason } from './null_reason.ts'
import { toLine } from './series.ts'
import type { DashboardState } from './use_dashboard_state.ts'
import classes from './KpiTiles.module.css'

interface KpiTileProps {
  metric: Metric
  answer: KpiAnswer
  state: DashboardState
  selected: boolean
  onSelect: () => void
  onExplain: () => void
}

/** Zero because nothing was spent, or because nobody imported what was: worth saying so. */
const hasNoSpend = ({ totals, comparison }: KpiAnswer): boolean =>
  !figure(totals, 'cost') && !figure(comparison?.totals, 'cost')

export function KpiTile({ metric, answer, state, selected, onSelect, onExplain }: KpiTileProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { currency, week_start } = useProject()
  const value = figure(answer.totals, metric)
  const before = figure(answer.comparison?.totals, metric)
  const change = changeOf(metric, value, before)
  const { values } = toLine(answer.data, metric, state.range, state.grain, week_start)
  const reason = value === null ? nullReason(t, answer, metric) : null
  const unspent = (metric === 'cost' || metric === 'romi') && hasNoSpend(answer)
  return (
    <div
      className={classes.tile}
      data-selected={selected}
      data-metric={metric}
      data-muted={unspent}
    >
      <div className={classes.head}>
        <button type="button" className={classes.select} aria-pressed={selected} onClick={onSelect}>
          {t(`metric.${metric}`)}
        </button>
        <Tooltip label={t('explain.open')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={24}
            className={classes.explain ?? ''}
            aria-label={t('explain.open_for', { metric: t(`metric.${metric}`) })}
            onClick={onExplain}
          >
            <IconZoomQuestion size={16} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.figures}>
        <span className={classes.value} data-none={value === null}>
          {value === null ? '—' : formatMetric(format, metric, value, currency)}
        </span>
        {change && before !== null && (
          <Delta
            change={change}
            title={t('dashboard.before', { value: formatMetric(format, metric, before, currency) })}
          />
        )}
        {reason && <span className={classes.note}>{reason}</span>}
      </div>
      <div className={classes.spark}>
        {unspent ? (
          <span className={classes.note}>{t('dashboard.no_spend')}</span>
        ) : (
          <Sparkline values={values} />
        )}
      </div>
    </div>
  )
}
