import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm, type UseFormReturnType } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useSearchParams } from 'react-router'
import { publicApi, unwrap } from '../../api/client.ts'
import { ApiError } from '../../api/problem.ts'
import { session } from '../../api/session.ts'
import { FormError } from '../../components/FormError.tsx'
import { AuthLayout } from './AuthLayout.tsx'
import { readInvitation, type Invitation } from './invitation.ts'
import { useRegistration } from './use_registration.ts'
import { isEmail, MIN_PASSWORD } from './validate.ts'

interface Person {
  full_name: string
  email: string
  password: string
}

const isTaken = (error: unknown): boolean =>
  error instanceof ApiError &&
  error.fields.some(({ field, rule }) => field === 'email' && rule === 'unique')

export function SignUpPage() {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const { hash } = useLocation()
  const first = useRegistration().data?.first_user ?? false
  const invitation = readInvitation(hash)
  const subtitle = first ? 'auth.first_subtitle' : 'auth.sign_up_subtitle'
  return (
    <AuthLayout
      title={t('auth.sign_up_title')}
      subtitle={t(invitation ? 'auth.invited_subtitle' : subtitle)}
      footer={
        !first && (
          <>
            {t('auth.have_account')} <Link to={`/sign-in?${params}`}>{t('auth.sign_in')}</Link>
          </>
        )
      }
    >
      <SignUpForm invitation={invitation} />
    </AuthLayout>
  )
}

function SignUpForm({ invitation }: { invitation: Invitation | null }) {
  const { t } = useTranslation()
  const form = useForm<Person>({
    mode: 'uncontrolled',
    initialValues: { full_name: '', email: invitation?.email ?? '', password: '' },
    validate: {
      full_name: (value) => (value.trim() ? null : t('auth.name_missing')),
      email: (value) => (isEmail(value) ? null : t('auth.email_invalid')),
      password: (value) =>
        value.length >= MIN_PASSWORD ? null : t('auth.password_short', { count: MIN_PASSWORD }),
    },
  })
  const signUp = useMutation({
    mutationFn: async (body: Person) => {
      const invited = invitation ? { invitation_token: invitation.token } : {}
      await unwrap(publicApi.POST('/api/v1/auth/register', { body: { ...body, ...invited } }))
      const { email, password } = body
      await session.start(
        await unwrap(publicApi.POST('/api/v1/auth/token', { body: { email, password } }))
      )
    },
    onError: (error) => {
      if (isTaken(error)) form.setFieldError('email', t('auth.email_taken'))
    },
  })
  return (
    <form onSubmit={form.onSubmit((values) => signUp.mutate(values))} noValidate>
      <Stack gap="md">
        <Fields form={form} />
        <FormError error={isTaken(signUp.error) ? null : signUp.error} />
        <Button type="submit" size="md" fullWidth loading={signUp.isPending}>
          {t('auth.create_account')}
        </Button>
      </Stack>
    </form>
  )
}

function Fields({ form }: { form: UseFormReturnType<Person> }) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        label={t('auth.full_name')}
        autoComplete="name"
        autoFocus
        size="md"
        key={form.key('full_name')}
        {...form.getInputProps('full_name')}
      />
      <TextInput
        label={t('auth.email')}
        type="email"
        autoComplete="username"
        size="md"
        key={form.key('email')}
        {...form.getInputProps('email')}
      />
      <PasswordInput
        label={t('auth.password')}
        description={t('auth.password_hint', { count: MIN_PASSWORD })}
        autoComplete="new-password"
        size="md"
        key={form.key('password')}
        {...form.getInputProps('password')}
      />
    </>
  )
}
