import { Button, Tabs } from '@mantine/core'
import { IconArrowsSplit2, IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { download } from '../../api/download.ts'
import table from '../../components/DataTable.module.css'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Pager } from '../../components/Pager.tsx'
import { toast } from '../../components/toast.ts'
import { problemText } from '../../i18n/problem_text.ts'
import { useProject } from '../projects/project_context.ts'
import { BreakdownTable } from './BreakdownTable.tsx'
import type { Explained } from './explanation.ts'
import { DIMENSIONS, isDimension, type Dimension } from './dimensions.ts'
import type { ChangeState, DashboardState } from './use_dashboard_state.ts'
import { breakdownRequest, useKpi } from './use_kpi.ts'
import classes from './Breakdown.module.css'

const PAGE = 10

interface BreakdownProps {
  state: DashboardState
  change: ChangeState
  onExplain: (explained: Explained) => void
}

export function Breakdown({ state, change, onExplain }: BreakdownProps) {
  const { t } = useTranslation()
  return (
    <section className={table.panel} aria-label={t('breakdown.title')}>
      <div className={table.head}>
        <Tabs
          value={state.by}
          onChange={(by) => isDimension(by) && change({ by })}
          variant="pills"
          classNames={{ list: table.tabs ?? '', tab: table.tab ?? '' }}
        >
          <Tabs.List aria-label={t('breakdown.by')}>
            {DIMENSIONS.map((dimension) => (
              <Tabs.Tab key={dimension} value={dimension}>
                {t(`dimension.${dimension}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
        <div className={classes.actions}>
          <AttributionLink state={state} />
          <CsvButton state={state} />
        </div>
      </div>
      {/* Another question starts at its first page. */}
      <Pages
        key={JSON.stringify(breakdownRequest(state, PAGE))}
        state={state}
        change={change}
        onExplain={onExplain}
      />
    </section>
  )
}

/** What the report of attribution calls the dimensions that it knows too. */
const GROUPINGS: Partial<Record<Dimension, string>> = {
  channel: 'channel',
  campaign_name: 'campaign',
  source: 'source_medium',
}

/** From one model to all of them side by side. */
function AttributionLink({ state: { by, range } }: { state: DashboardState }) {
  const { t } = useTranslation()
  const { id } = useProject()
  const grouping = GROUPINGS[by]
  if (grouping === undefined) return null
  const search = new URLSearchParams({ by: grouping, from: range.from, to: range.to })
  return (
    <Button
      component={Link}
      to={`/p/${id}/attribution?${search.toString()}`}
      variant="default"
      size="compact-sm"
      leftSection={<IconArrowsSplit2 size={15} aria-hidden />}
    >
      {t('breakdown.attribution')}
    </Button>
  )
}

function CsvButton({ state }: { state: DashboardState }) {
  const { t } = useTranslation()
  const { id } = useProject()
  const save = useMutation({
    mutationFn: async () =>
      download(
        `/api/v1/projects/${id}/reports/kpi`,
        `${state.by}-${state.range.from}-${state.range.to}.csv`,
        {
          method: 'POST',
          headers: { accept: 'text/csv', 'content-type': 'application/json' },
          body: JSON.stringify(breakdownRequest({ ...state, compare: null })),
        }
      ),
    onError: (error) => toast(problemText(t, error).title, false),
  })
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<IconDownload size={15} aria-hidden />}
      loading={save.isPending}
      onClick={() => save.mutate()}
    >
      CSV
    </Button>
  )
}

function Pages({ state, change, onExplain }: BreakdownProps) {
  // Cursors of the pages so far: going back needs those before.
  const [cursors, setCursors] = useState<(string | null)[]>([null])
  const cursor = cursors.at(-1) ?? null
  const report = useKpi(breakdownRequest(state, PAGE, cursor))
  if (report.isError && !report.data) {
    return <ErrorState error={report.error} onRetry={report.refetch} />
  }
  const next = report.data?.next_cursor ?? null
  return (
    <>
      <BreakdownTable
        state={state}
        change={change}
        onExplain={onExplain}
        answer={report.data}
        stale={report.isPlaceholderData}
        rank={(cursors.length - 1) * PAGE}
      />
      {(cursors.length > 1 || next !== null) && (
        <Pager
          page={cursors.length}
          hasNext={next !== null && !report.isPlaceholderData}
          onPage={(page) =>
            setCursors(page > cursors.length ? [...cursors, next] : cursors.slice(0, page))
          }
        />
      )}
    </>
  )
}
