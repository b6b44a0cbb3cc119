import { Skeleton } from '@mantine/core'
import { IconReceiptOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { ApiError } from '../../api/problem.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { TableSkeleton } from '../../components/TableSkeleton.tsx'
import { OrderExplained } from './OrderExplained.tsx'
import { OrderSearch } from './OrderSearch.tsx'
import { useOrderState, type OrderChange } from './order_state.ts'
import { ownersIn } from './owners.ts'
import { useOrder } from './use_order.ts'
import { WhoseOrder } from './WhoseOrder.tsx'

/** One order: how it came about, and what each model makes of it. */
export function OrderPage() {
  const { orderId = '' } = useParams()
  return <Order key={orderId} orderId={orderId} />
}

function Order({ orderId }: { orderId: string }) {
  const { t } = useTranslation()
  const { state, change } = useOrderState()
  const order = useOrder(orderId, state)
  if (order.data) {
    return (
      <OrderExplained
        answer={order.data}
        state={state}
        change={change}
        stale={order.isPlaceholderData}
      />
    )
  }
  return (
    <Page title={t('order.title', { id: orderId })} actions={<OrderSearch />}>
      {order.isError ? (
        <Panel>
          <Failure
            error={order.error}
            orderId={orderId}
            onChange={change}
            onRetry={order.refetch}
          />
        </Panel>
      ) : (
        <OrderSkeleton />
      )}
    </Page>
  )
}

interface FailureProps {
  error: unknown
  orderId: string
  onChange: (change: OrderChange) => void
  onRetry: () => unknown
}

function Failure({ error, orderId, onChange, onRetry }: FailureProps) {
  const { t } = useTranslation()
  const owners = ownersIn(error)
  if (owners.length > 0) {
    return <WhoseOrder owners={owners} onPick={(integrationId) => onChange({ integrationId })} />
  }
  if (error instanceof ApiError && error.status === 404) {
    return (
      <EmptyState
        icon={IconReceiptOff}
        title={t('order.unknown_title', { id: orderId })}
        text={t('order.unknown_text')}
        page
      >
        <OrderSearch />
      </EmptyState>
    )
  }
  return <ErrorState error={error} onRetry={onRetry} page />
}

/** The outline of the page that is coming, so that nothing moves when it arrives. */
function OrderSkeleton() {
  return (
    <>
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
