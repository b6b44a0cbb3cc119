import { Button, Menu } from '@mantine/core'
import { IconDots, IconHistory, IconPlayerPause, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Integration } from '../../api/types.ts'
import { toast } from '../../components/toast.ts'
import { problemText } from '../../i18n/problem_text.ts'
import { isReady } from './readiness.ts'
import { useUpdateIntegration } from './use_integrations.ts'

interface MoreActionsProps {
  integration: Integration
  onAsk: (dialog: 'reread' | 'remove') => void
}

/** What is done more rarely. */
export function MoreActions({ integration, onAsk }: MoreActionsProps) {
  const { t } = useTranslation()
  const update = useUpdateIntegration(integration.id)
  const isPaused = integration.status === 'paused'
  const pause = () =>
    update.mutate(
      { status: 'paused' },
      { onError: (error) => toast(problemText(t, error).title, false) }
    )
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <Button variant="default" px={10} aria-label={t('integrations.more')}>
          <IconDots size={16} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconHistory size={16} />}
          disabled={isPaused || !isReady(integration)}
          onClick={() => onAsk('reread')}
        >
          {t('reread.menu')}
        </Menu.Item>
        {!isPaused && (
          <Menu.Item leftSection={<IconPlayerPause size={16} />} onClick={pause}>
            {t('integrations.pause')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={16} />}
          onClick={() => onAsk('remove')}
        >
          {t('remove.menu')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
