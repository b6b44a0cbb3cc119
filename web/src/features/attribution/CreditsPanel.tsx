import { SegmentedControl, Tabs } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AttributionReport } from '../../api/types.ts'
import table from '../../components/DataTable.module.css'
import { TableSkeleton } from '../../components/TableSkeleton.tsx'
import { CreditTable } from './CreditTable.tsx'
import { DownloadMenu } from './DownloadMenu.tsx'
import { useFigureName } from './figure_name.ts'
import { FIGURES, isFigure } from './figures.ts'
import type { Model } from '../analysis/models.ts'
import type { Rows } from './rows.ts'
import {
  GROUPINGS,
  type AttributionState,
  type ChangeAttribution,
} from './use_attribution_state.ts'
import classes from './CreditsPanel.module.css'

interface CreditsPanelProps {
  state: AttributionState
  change: ChangeAttribution
  answer: AttributionReport | undefined
  before: AttributionReport | undefined
  rows: Rows | undefined
  stale: boolean
  onExplain: (model: Model) => void
}

export function CreditsPanel({ answer, rows, ...rest }: CreditsPanelProps) {
  const { state, change } = rest
  const figureName = useFigureName(state.value)
  const { t } = useTranslation()
  return (
    <section className={table.panel} aria-label={t('attribution.table')}>
      <div className={table.head}>
        <Tabs
          value={state.by}
          onChange={(key) => {
            const by = GROUPINGS.find((grouping) => grouping === key)
            if (by) change({ by })
          }}
          variant="pills"
          classNames={{ list: table.tabs ?? '', tab: table.tab ?? '' }}
        >
          <Tabs.List aria-label={t('attribution.group_by')}>
            {GROUPINGS.map((grouping) => (
              <Tabs.Tab key={grouping} value={grouping}>
                {t(`grouping.${grouping}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
      </div>
      <div className={classes.tools}>
        <SegmentedControl
          size="xs"
          aria-label={t('attribution.figure')}
          data={FIGURES.map((value) => ({ value, label: figureName(value) }))}
          value={state.figure}
          onChange={(figure) => isFigure(figure) && change({ figure })}
        />
        <DownloadMenu state={state} />
      </div>
      {answer && <Missing state={state} answer={answer} />}
      {answer && rows ? (
        <CreditTable key={state.by} {...rest} answer={answer} rows={rows} />
      ) : (
        <TableSkeleton />
      )}
    </section>
  )
}

/** Why a whole column is empty. */
function Missing({
  state,
  answer: { totals },
}: {
  state: AttributionState
  answer: AttributionReport
}) {
  const { t } = useTranslation()
  const ofSpend = state.figure === 'roas' || state.figure === 'cpa'
  if (totals.revenue === null && state.figure !== 'conversions') {
    return <p className={classes.missing}>{t('attribution.no_costs')}</p>
  }
  if (ofSpend && totals.cost === null) {
    return <p className={classes.missing}>{t('attribution.no_spend_by')}</p>
  }
  return null
}
