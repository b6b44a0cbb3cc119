import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonAlias } from '../../api/types.ts'
import { FormError } from '../../components/FormError.tsx'
import { toast } from '../../components/toast.ts'
import { isConfirmed } from './requests.ts'
import { useErase } from './use_privacy.ts'
import classes from './Privacy.module.css'

interface EraseDialogProps {
  opened: boolean
  alias: PersonAlias
  onClose: () => void
  onErased: () => void
}

export function EraseDialog({ opened, alias, onClose, onErased }: EraseDialogProps) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      centered
      title={t('privacy.erase_title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      classNames={{ title: classes.dialogTitle ?? '' }}
    >
      <EraseForm alias={alias} onClose={onClose} onErased={onErased} />
    </Modal>
  )
}

function EraseForm({ alias, onClose, onErased }: Omit<EraseDialogProps, 'opened'>) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const erase = useErase()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!isConfirmed(typed, alias.value)) return
        erase.mutate(alias, {
          onSuccess: () => {
            toast(t('privacy.erase_started'))
            onClose()
            onErased()
          },
        })
      }}
    >
      <Stack gap="md">
        <ul className={classes.consequences}>
          <li>{t('privacy.consequence_gone')}</li>
          <li>{t('privacy.consequence_kept')}</li>
          <li>{t('privacy.consequence_future')}</li>
        </ul>
        <TextInput
          label={t('privacy.confirm', { value: alias.value })}
          data-autofocus
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <FormError error={erase.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            type="submit"
            color="red"
            loading={erase.isPending}
            disabled={!isConfirmed(typed, alias.value)}
          >
            {t('privacy.erase_for_good')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
