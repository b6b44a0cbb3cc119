import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useSearchParams } from 'react-router'
import { publicApi, unwrap } from '../../api/client.ts'
import { session } from '../../api/session.ts'
import { FormError } from '../../components/FormError.tsx'
import { AuthLayout } from './AuthLayout.tsx'
import { useRegistration } from './use_registration.ts'
import { isEmail } from './validate.ts'

export function SignInPage() {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const registration = useRegistration()
  if (registration.isPending) return null
  // On a fresh installation nobody could sign in yet.
  if (registration.data?.first_user) return <Navigate to={`/sign-up?${params}`} replace />
  return (
    <AuthLayout
      title={t('auth.sign_in_title')}
      subtitle={t('auth.sign_in_subtitle')}
      footer={
        registration.data?.open ? (
          <>
            {t('auth.no_account')} <Link to={`/sign-up?${params}`}>{t('auth.sign_up')}</Link>
          </>
        ) : (
          t('auth.invitation_needed')
        )
      }
    >
      <SignInForm />
    </AuthLayout>
  )
}

function SignInForm() {
  const { t } = useTranslation()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (isEmail(value) ? null : t('auth.email_invalid')),
      password: (value) => (value ? null : t('auth.password_missing')),
    },
  })
  // A session that has started moves the guard above this page on; nothing to navigate here.
  const signIn = useMutation({
    mutationFn: async (body: { email: string; password: string }) =>
      session.start(await unwrap(publicApi.POST('/api/v1/auth/token', { body }))),
  })
  return (
    <form onSubmit={form.onSubmit((values) => signIn.mutate(values))} noValidate>
      <Stack gap="md">
        <TextInput
          label={t('auth.email')}
          type="email"
          autoComplete="username"
          autoFocus
          size="md"
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('auth.password')}
          autoComplete="current-password"
          size="md"
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <FormError error={signIn.error} />
        <Button type="submit" size="md" fullWidth loading={signIn.isPending}>
          {t('auth.sign_in')}
        </Button>
      </Stack>
    </form>
  )
}
