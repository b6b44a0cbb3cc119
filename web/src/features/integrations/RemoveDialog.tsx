import { Button, Group, Modal, Radio, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api, unwrap } from '../../api/client.ts'
import { refreshProject } from '../../api/settling.ts'
import type { Integration } from '../../api/types.ts'
import { FormError } from '../../components/FormError.tsx'
import { toast } from '../../components/toast.ts'
import { useProject } from '../projects/project_context.ts'

interface RemoveDialogProps {
  integration: Integration
  onClose: () => void
}

function useRemove(integrationId: string) {
  const { id } = useProject()
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: async (data: 'delete' | 'keep') =>
      unwrap(
        api.DELETE('/api/v1/projects/{project_id}/integrations/{integration_id}', {
          params: {
            path: { project_id: id, integration_id: integrationId },
            query: { data },
          },
        })
      ),
    onSuccess: async () => {
      await navigate(`/p/${id}/integrations`)
      await refreshProject(client, id)
    },
  })
}

/** Asks before an integration goes. */
export default function RemoveDialog({ integration, onClose }: RemoveDialogProps) {
  const { t } = useTranslation()
  const remove = useRemove(integration.id)
  const [data, setData] = useState<'delete' | 'keep'>('keep')
  return (
    <Modal
      opened
      centered
      onClose={onClose}
      title={t('remove.title', { name: integration.name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        <Radio.Group
          label={t('remove.question')}
          value={data}
          onChange={(next) => setData(next === 'delete' ? 'delete' : 'keep')}
        >
          <Stack gap="sm" mt="sm">
            <Radio value="keep" label={t('remove.keep')} description={t('remove.keep_text')} />
            <Radio
              value="delete"
              label={t('remove.delete')}
              description={t('remove.delete_text')}
            />
          </Stack>
        </Radio.Group>
        <p style={{ margin: 0 }}>{t('remove.both')}</p>
        <FormError error={remove.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            color="red"
            loading={remove.isPending}
            onClick={() =>
              remove.mutate(data, { onSuccess: () => toast(t(`remove_done.${data}`)) })
            }
          >
            {t('remove.go')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
