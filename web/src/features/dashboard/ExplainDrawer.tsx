import { Drawer, Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { KpiAnswer } from '../../api/types.ts'
import { CodeBlock } from '../../components/CodeBlock.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { useFormat } from '../../i18n/format.ts'
import { publishedAt } from '../period/freshness.ts'
import { useProject } from '../projects/project_context.ts'
import { readExplanation, type Explained } from './explanation.ts'
import { figure, formatMetric, type Metric } from './metrics.ts'
import { nullReason } from './null_reason.ts'
import type { DashboardState } from './use_dashboard_state.ts'
import { explainRequest, useKpi } from './use_kpi.ts'
import classes from '../../components/Explain.module.css'

interface ExplainDrawerProps {
  state: DashboardState
  explained: Explained | null
  onClose: () => void
}

/** Where a figure comes from: its definition, formula, query and parameters. */
export default function ExplainDrawer({ state, explained, onClose }: ExplainDrawerProps) {
  const { t } = useTranslation()
  return (
    <Drawer
      opened={explained !== null}
      onClose={onClose}
      position="right"
      size={560}
      title={explained && t(`metric.${explained.metric}`)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      classNames={{
        header: classes.header ?? '',
        title: classes.title ?? '',
        content: classes.content ?? '',
      }}
    >
      {explained && <Explanation state={state} {...explained} />}
    </Drawer>
  )
}

/** The dashboard as it is for one row of its table. */
const within = (state: DashboardState, { filter }: NonNullable<Explained['row']>) => ({
  ...state,
  filters: [...state.filters.filter(({ dimension }) => dimension !== filter.dimension), filter],
})

function Explanation({ state, metric, row }: Explained & { state: DashboardState }) {
  const { t } = useTranslation()
  const format = useFormat()
  const asked = row ? within(state, row) : state
  const report = useKpi(explainRequest(asked, metric))
  if (report.isError) return <ErrorState error={report.error} onRetry={report.refetch} />
  if (!report.data || report.isPlaceholderData) {
    return (
      <div role="status" aria-label={t('common.loading')}>
        <Skeleton height={44} width={200} mb={24} />
        <Skeleton height={80} mb={16} />
        <Skeleton height={220} />
      </div>
    )
  }
  return (
    <>
      <Value answer={report.data} metric={metric} />
      <p className={classes.period}>
        {format.range(state.range.from, state.range.to)}
        {asked.filters.map(({ dimension, values }) => (
          <span key={dimension}>
            {' · '}
            {t(`dimension.${dimension}`)}:{' '}
            {row?.filter.dimension === dimension ? row.label : format.list(values)}
          </span>
        ))}
      </p>
      <h3 className={classes.heading}>{t('explain.definition')}</h3>
      <p className={classes.text}>{t(`metric_definition.${metric}`)}</p>
      <Details answer={report.data} metric={metric} />
      <Coverage answer={report.data} />
    </>
  )
}

function Value({ answer, metric }: AnswerProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { currency } = useProject()
  const value = figure(answer.totals, metric)
  return (
    <p className={classes.value}>
      {value === null ? '—' : formatMetric(format, metric, value, currency)}
      {value === null && <span>{nullReason(t, answer, metric)}</span>}
    </p>
  )
}

interface AnswerProps {
  answer: KpiAnswer
  metric: Metric
}

function Details({ answer, metric }: AnswerProps) {
  const { t } = useTranslation()
  const { formula, sql, parameters } = readExplanation(answer, metric)
  return (
    <>
      {formula !== null && (
        <>
          <h3 className={classes.heading}>{t('explain.formula')}</h3>
          <p className={classes.formula}>{formula}</p>
        </>
      )}
      {sql !== null && (
        <>
          <h3 className={classes.heading}>{t('explain.sql')}</h3>
          <p className={classes.hint}>{t('explain.sql_hint')}</p>
          <CodeBlock code={sql} language="sql" />
        </>
      )}
      {parameters.length > 0 && (
        <>
          <h3 className={classes.heading}>{t('explain.parameters')}</h3>
          <dl className={classes.params}>
            {parameters.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </>
  )
}

/** How much the figure stands on, and how fresh it is. */
function Coverage({ answer }: { answer: KpiAnswer }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { orders, orders_with_customer: known, unconverted } = answer.meta.coverage
  const fresh = publishedAt(answer.meta.freshness)
  return (
    <>
      <h3 className={classes.heading}>{t('explain.coverage')}</h3>
      <p className={classes.text}>
        {orders > 0
          ? t('explain.coverage_customers', {
              share: format.percent(known / orders),
              orders: format.count(orders),
            })
          : t('explain.coverage_none')}{' '}
        {unconverted > 0 && t('explain.coverage_unconverted', { rows: format.count(unconverted) })}
      </p>
      {fresh !== null && (
        <p className={classes.fresh}>
          {t('explain.fresh', { ago: format.ago(fresh), moment: format.moment(fresh) })}
        </p>
      )}
    </>
  )
}
