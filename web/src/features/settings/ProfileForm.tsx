import { Button, Group, Skeleton, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import type { User } from '../../api/types.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FormError } from '../../components/FormError.tsx'
import { toast } from '../../components/toast.ts'
import { useMe, useUpdateMe } from '../auth/use_me.ts'

export function ProfileForm() {
  const me = useMe()
  if (me.isPending) return <Skeleton height={150} />
  if (me.isError) return <ErrorState error={me.error} onRetry={me.refetch} />
  return <Profile me={me.data} />
}

function Profile({ me }: { me: User }) {
  const { t } = useTranslation()
  const update = useUpdateMe()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { full_name: me.full_name ?? '' },
    validate: { full_name: (value) => (value.trim() ? null : t('auth.name_missing')) },
  })
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        update.mutate(values, { onSuccess: () => toast(t('settings.saved')) })
      )}
    >
      <Stack gap="md">
        <TextInput
          label={t('auth.full_name')}
          autoComplete="name"
          key={form.key('full_name')}
          {...form.getInputProps('full_name')}
        />
        <TextInput
          label={t('auth.email')}
          description={t(`role.${me.role}`)}
          value={me.email}
          readOnly
        />
        <FormError error={update.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={update.isPending}>
            {t('settings.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
