import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../components/ErrorState.tsx'
import { TableSkeleton } from '../../components/TableSkeleton.tsx'
import { ConversionsTable } from './ConversionsTable.tsx'
import { byConversion, hasSingleCredits } from './credit_list.ts'
import { useCredits } from './use_credits.ts'
import type { AttributionState } from './use_attribution_state.ts'
import classes from './ConversionsPanel.module.css'

/** Conversion by conversion, page by page. */
export default function ConversionsList({ state }: { state: AttributionState }) {
  const { t } = useTranslation()
  if (!hasSingleCredits(state)) return <p className={classes.note}>{t('credit_list.global')}</p>
  return <Conversions state={state} />
}

function Conversions({ state }: { state: AttributionState }) {
  const { t } = useTranslation()
  const credits = useCredits(state)
  const rows = credits.data?.pages.flatMap(({ data }) => data)
  if (!rows) {
    return credits.isError ? (
      <ErrorState error={credits.error} onRetry={credits.refetch} />
    ) : (
      <TableSkeleton />
    )
  }
  if (rows.length === 0) return <p className={classes.note}>{t('attribution.none')}</p>
  return (
    <>
      <ConversionsTable conversions={byConversion(rows)} state={state} />
      {credits.hasNextPage && (
        <div className={classes.more}>
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            loading={credits.isFetchingNextPage}
            onClick={() => void credits.fetchNextPage()}
          >
            {t('credit_list.more')}
          </Button>
        </div>
      )}
    </>
  )
}
