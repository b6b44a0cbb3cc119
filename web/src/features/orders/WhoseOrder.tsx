import { Button, Stack } from '@mantine/core'
import { IconArrowsSplit } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, unwrap } from '../../api/client.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { useProject } from '../projects/project_context.ts'

/** Names of the sources of the project; there are as many as somebody set up. */
function useSourceNames() {
  const { id } = useProject()
  return useQuery({
    queryKey: ['integration_names', id],
    queryFn: async ({ signal }) =>
      (
        await unwrap(
          api.GET('/api/v1/projects/{project_id}/integrations', {
            params: { path: { project_id: id }, query: { limit: 500 } },
            signal,
          })
        )
      ).data.map((integration) => ({ id: integration.id, name: integration.name })),
  })
}

interface WhoseOrderProps {
  owners: readonly string[]
  onPick: (integrationId: string) => void
}

/** Several sources have an order of one number. */
export function WhoseOrder({ owners, onPick }: WhoseOrderProps) {
  const { t } = useTranslation()
  const names = useSourceNames()
  const nameOf = (owner: string) =>
    names.data?.find(({ id }) => id === owner)?.name ?? t('order.source', { id: owner })
  return (
    <EmptyState
      icon={IconArrowsSplit}
      title={t('order.whose_title')}
      text={t('order.whose_text')}
      page
    >
      <Stack gap="xs" miw={220}>
        {owners.map((owner) => (
          <Button key={owner} variant="default" onClick={() => onPick(owner)}>
            {nameOf(owner)}
          </Button>
        ))}
      </Stack>
    </EmptyState>
  )
}
