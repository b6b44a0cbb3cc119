import { Alert, Button, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, unwrap } from '../../api/client.ts'
import { ApiError } from '../../api/problem.ts'
import type { Member } from '../../api/types.ts'
import { CodeBlock } from '../../components/CodeBlock.tsx'
import { FormError } from '../../components/FormError.tsx'
import { toast } from '../../components/toast.ts'
import { invitationLink, type Invitation } from '../auth/invitation.ts'
import { isEmail } from '../auth/validate.ts'
import { useProject } from '../projects/project_context.ts'
import classes from './MembersPanel.module.css'

const LEVELS = ['viewer', 'editor', 'owner'] as const

type NewMember = Pick<Member, 'email' | 'permission_level'>

const isUnregistered = (error: unknown): boolean =>
  error instanceof ApiError && error.fields.some(({ rule }) => rule === 'registered')

/** Adds somebody who is registered; anybody else gets an invitation. */
async function addMember(projectId: string, body: NewMember): Promise<Invitation | null> {
  const params = { path: { project_id: projectId } }
  try {
    await unwrap(api.POST('/api/v1/projects/{project_id}/members', { params, body }))
    return null
  } catch (error) {
    if (!isUnregistered(error)) throw error
    const invite = api.POST('/api/v1/projects/{project_id}/invitations', { params, body })
    const { token, email } = (await unwrap(invite)).data
    return { token, email }
  }
}

export default function AddMember() {
  const { t } = useTranslation()
  const { id } = useProject()
  const client = useQueryClient()
  const form = useForm<NewMember>({
    initialValues: { email: '', permission_level: 'viewer' },
    validate: { email: (value) => (isEmail(value) ? null : t('auth.email_invalid')) },
  })
  const add = useMutation({
    mutationFn: async (body: NewMember) => addMember(id, body),
    onSuccess: async (invitation) => {
      form.reset()
      if (invitation) return
      toast(t('settings.member_added'))
      await client.invalidateQueries({ queryKey: ['members', id] })
    },
  })
  return (
    <>
      <form noValidate className={classes.add} onSubmit={form.onSubmit((body) => add.mutate(body))}>
        <TextInput
          label={t('settings.add_member_label')}
          description={t('settings.add_member_hint')}
          type="email"
          {...form.getInputProps('email')}
        />
        <Select
          aria-label={t('settings.member_level')}
          data={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))}
          allowDeselect={false}
          {...form.getInputProps('permission_level')}
        />
        <Button type="submit" variant="default" loading={add.isPending}>
          {t('settings.add_member')}
        </Button>
      </form>
      <FormError error={add.error} />
      {add.data && (
        <Alert color="iris" mt="md">
          {t('settings.invitation_link', { email: add.data.email })}
          <div className={classes.link}>
            <CodeBlock code={invitationLink(add.data)} />
          </div>
        </Alert>
      )}
    </>
  )
}
