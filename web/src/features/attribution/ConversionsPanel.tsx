import { Button } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../components/Panel.tsx'
import { TableSkeleton } from '../../components/TableSkeleton.tsx'
import type { AttributionState, ChangeAttribution } from './use_attribution_state.ts'

const ConversionsList = lazy(() => import('./ConversionsList.tsx'))

interface ConversionsPanelProps {
  state: AttributionState
  change: ChangeAttribution
}

/** The single credits behind the report; asked for only when somebody wants to see them. */
export function ConversionsPanel({ state, change }: ConversionsPanelProps) {
  const { t } = useTranslation()
  const { isListed } = state
  return (
    <Panel
      spaced
      title={t('credit_list.title')}
      subtitle={t('credit_list.text')}
      flush={isListed}
      actions={
        <Button
          variant="default"
          size="compact-sm"
          aria-expanded={isListed}
          onClick={() => change({ isListed: !isListed })}
        >
          {t(isListed ? 'credit_list.hide' : 'credit_list.show')}
        </Button>
      }
    >
      {isListed && (
        <Suspense fallback={<TableSkeleton />}>
          <ConversionsList state={state} />
        </Suspense>
      )}
    </Panel>
  )
}
