import { Notification, Transition } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { dismissToast, useToasts } from './toast.ts'

/** Loaded with the first word there is to say. */
export default function Toasts() {
  const { t } = useTranslation()
  const toasts = useToasts()
  return (
    <>
      {toasts.map(({ id, text, good }) => (
        <Transition key={id} mounted transition="slide-up" duration={160}>
          {(style) => (
            <Notification
              style={style}
              color={good ? 'teal' : 'red'}
              icon={good ? <IconCheck size={16} /> : <IconX size={16} />}
              radius="md"
              withBorder
              onClose={() => dismissToast(id)}
              closeButtonProps={{ 'aria-label': t('common.close') }}
            >
              {text}
            </Notification>
          )}
        </Transition>
      ))}
    </>
  )
}
