import { Drawer, Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AttributionReport } from '../../api/types.ts'
import { CodeBlock } from '../../components/CodeBlock.tsx'
import classes from '../../components/Explain.module.css'
import { ErrorState } from '../../components/ErrorState.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useConversionName } from '../analysis/conversion_name.ts'
import { colourOf, type Model } from '../analysis/models.ts'
import { attributionRequest } from './attribution_request.ts'
import { useAttribution } from './use_attribution.ts'
import type { AttributionState } from './use_attribution_state.ts'

interface HowDrawerProps {
  state: AttributionState
  /** The model asked about, or all that are shown. */
  about: Model | 'all' | null
  answer: AttributionReport | undefined
  onClose: () => void
}

/** How the figures come about: what is divided, by which rule, and the queries behind them. */
export default function HowDrawer({ state, about, answer, onClose }: HowDrawerProps) {
  const { t } = useTranslation()
  const title = about === null || about === 'all' ? t('attribution.how') : t(`model.${about}`)
  return (
    <Drawer
      opened={about !== null}
      onClose={onClose}
      position="right"
      size={560}
      title={title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      classNames={{
        header: classes.header ?? '',
        title: classes.title ?? '',
        content: classes.content ?? '',
      }}
    >
      {about !== null && (
        <>
          <Definitions state={state} models={about === 'all' ? state.models : [about]} />
          <Division state={state} answer={answer} />
          <Statements state={state} />
        </>
      )}
    </Drawer>
  )
}

interface DefinitionsProps {
  state: AttributionState
  models: readonly Model[]
}

function Definitions({ state, models }: DefinitionsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { params } = state
  const values = {
    days: format.count(params.halfLifeDays),
    first: format.percent(params.first, 0),
    last: format.percent(params.last, 0),
  }
  return models.map((model) => (
    <section key={model}>
      <h3 className={classes.heading}>
        <i className={classes.dot} style={{ background: colourOf(model) }} />
        {t(`model.${model}`)}
      </h3>
      <p className={classes.text}>{t(`model_definition.${model}`, values)}</p>
      {model === 'markov' && (
        <p className={classes.text}>{t(`allocation_definition.${params.allocation}`)}</p>
      )}
    </section>
  ))
}

interface DivisionProps {
  state: AttributionState
  answer: AttributionReport | undefined
}

/** What holds for every model. */
function Division({ state, answer }: DivisionProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const nameOf = useConversionName()
  return (
    <>
      <h3 className={classes.heading}>{t('how.what')}</h3>
      <ul className={classes.list}>
        <li>
          {t('how.conversions', {
            conversion: nameOf(state.conversion),
            range: format.range(state.range.from, state.range.to),
          })}
        </li>
        <li>{t('how.touches', { count: state.windowDays })}</li>
        <li>{t(`how_value.${state.value}`)}</li>
        <li>{t('how.refunds')}</li>
        <li>{t('how.sums')}</li>
        {answer && answer.meta.conversions_without_touch > 0 && (
          <li>
            {t('how.unattributed', {
              count: answer.meta.conversions_without_touch,
              all: format.count(answer.totals.conversions),
            })}
          </li>
        )}
      </ul>
    </>
  )
}

/** The queries that the counts come from; asked for only when somebody wants to see them. */
function Statements({ state }: { state: AttributionState }) {
  const { t } = useTranslation()
  const report = useAttribution({ ...attributionRequest(state, state.range), explain: true })
  if (report.isError) return <ErrorState error={report.error} onRetry={report.refetch} />
  if (!report.data || report.isPlaceholderData) {
    return (
      <div role="status" aria-label={t('common.loading')}>
        <Skeleton height={220} mt={26} />
      </div>
    )
  }
  return (
    <>
      <h3 className={classes.heading}>{t('explain.sql')}</h3>
      <p className={classes.hint}>{t('how.sql_hint')}</p>
      {report.data.meta.explain?.statements.map(({ name, sql, parameters }) => (
        <div key={name} className={classes.statement}>
          <h4 className={classes.subheading}>{name}</h4>
          <CodeBlock code={sql} language="sql" />
          <Parameters parameters={parameters} />
        </div>
      ))}
    </>
  )
}

function Parameters({ parameters }: { parameters: Record<string, unknown> }) {
  return (
    <dl className={classes.params}>
      {Object.entries(parameters).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
        </div>
      ))}
    </dl>
  )
}
