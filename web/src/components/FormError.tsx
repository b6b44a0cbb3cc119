import { Alert } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../i18n/problem_text.ts'

/** Why a form could not be sent, above its button. */
export function FormError({ error }: { error: unknown }) {
  const { t } = useTranslation()
  if (!error) return null
  const { title, hint } = problemText(t, error)
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<IconAlertCircle size={18} />}
      title={title}
    >
      {hint}
    </Alert>
  )
}
