import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Integration } from '../../api/types.ts'
import { FormError } from '../../components/FormError.tsx'
import { addDays, todayIn } from '../period/dates.ts'
import { useProject } from '../projects/project_context.ts'
import { useStartRun } from './use_runs.ts'

interface RereadDialogProps {
  integration: Integration
  onClose: () => void
}

const DAYS = 30

/** Reads again what the vendor may have changed since. */
export default function RereadDialog({ integration, onClose }: RereadDialogProps) {
  const { t } = useTranslation()
  const { timezone } = useProject()
  const today = todayIn(timezone)
  const [scope, setScope] = useState<'from' | 'full'>('from')
  const [from, setFrom] = useState(addDays(today, -DAYS))
  const start = useStartRun(integration.id)
  return (
    <Modal
      opened
      centered
      onClose={onClose}
      title={t('reread.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          start.mutate(scope === 'full' ? { full: true } : { from }, { onSuccess: onClose })
        }}
      >
        <Stack gap="md">
          <Scope scope={scope} from={from} today={today} onScope={setScope} onFrom={setFrom} />
          <FormError error={start.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={start.isPending}>
              {t('reread.go')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

interface ScopeProps {
  scope: 'from' | 'full'
  from: string
  today: string
  onScope: (scope: 'from' | 'full') => void
  onFrom: (day: string) => void
}

function Scope({ scope, from, today, onScope, onFrom }: ScopeProps) {
  const { t } = useTranslation()
  return (
    <Radio.Group
      aria-label={t('reread.title')}
      value={scope}
      onChange={(next) => onScope(next === 'full' ? 'full' : 'from')}
    >
      <Stack gap="sm">
        <Radio value="from" label={t('reread.from')} description={t('reread.from_text')} />
        {scope === 'from' && (
          <TextInput
            type="date"
            aria-label={t('reread.from')}
            max={today}
            required
            value={from}
            onChange={({ currentTarget }) => onFrom(currentTarget.value)}
          />
        )}
        <Radio value="full" label={t('reread.full')} description={t('reread.full_text')} />
      </Stack>
    </Radio.Group>
  )
}
