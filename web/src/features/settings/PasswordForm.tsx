import { Button, Group, PasswordInput, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../api/problem.ts'
import { FormError } from '../../components/FormError.tsx'
import { toast } from '../../components/toast.ts'
import { useUpdateMe } from '../auth/use_me.ts'
import { MIN_PASSWORD } from '../auth/validate.ts'

const isWrongPassword = (error: unknown): boolean =>
  error instanceof ApiError && error.fields.some(({ field }) => field === 'current_password')

function usePasswordForm() {
  const { t } = useTranslation()
  return useForm({
    mode: 'uncontrolled',
    initialValues: { current_password: '', password: '' },
    validate: {
      current_password: (value) => (value ? null : t('auth.password_missing')),
      password: (value) =>
        value.length >= MIN_PASSWORD ? null : t('auth.password_short', { count: MIN_PASSWORD }),
    },
  })
}

export function PasswordForm() {
  const { t } = useTranslation()
  const update = useUpdateMe()
  const form = usePasswordForm()
  const submit = form.onSubmit((values) =>
    update.mutate(values, {
      onSuccess: () => {
        form.reset()
        toast(t('settings.password_changed'))
      },
      onError: (error) => {
        if (isWrongPassword(error)) {
          form.setFieldError('current_password', t('settings.password_wrong'))
        }
      },
    })
  )
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <PasswordInput
          label={t('settings.current_password')}
          autoComplete="current-password"
          key={form.key('current_password')}
          {...form.getInputProps('current_password')}
        />
        <PasswordInput
          label={t('settings.new_password')}
          description={t('auth.password_hint', { count: MIN_PASSWORD })}
          autoComplete="new-password"
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <FormError error={isWrongPassword(update.error) ? null : update.error} />
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={update.isPending}>
            {t('settings.change_password')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
