import { Button, Group, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { FormError } from '../../components/FormError.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { browserCurrency, browserTimezone } from './locale_choices.ts'
import { ProjectFields, type ProjectForm } from './ProjectFields.tsx'
import { useCreateProject, useProjects } from './use_projects.ts'

export function NewProjectPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { data: projects } = useProjects()
  const create = useCreateProject()
  const form = useForm<ProjectForm>({
    mode: 'uncontrolled',
    initialValues: {
      name: '',
      currency: browserCurrency(),
      timezone: browserTimezone(),
      week_start: 'monday',
    },
    validate: { name: (value) => (value.trim() ? null : t('projects.name_missing')) },
  })
  const submit = form.onSubmit(async (values) => {
    const project = await create.mutateAsync(values).catch(() => null)
    if (project) await navigate(`/p/${project.id}/dashboard`)
  })
  const first = projects?.length === 0
  return (
    <Page
      title={first ? t('projects.first_title') : t('projects.new')}
      subtitle={t('projects.new_subtitle')}
      narrow
    >
      <Panel>
        <form onSubmit={submit} noValidate>
          <Stack gap="md">
            <ProjectFields form={form} autoFocus />
            <FormError error={create.error} />
            <Group justify="flex-end" gap="xs">
              {!first && (
                <Button component={Link} to="/projects" variant="subtle" color="gray">
                  {t('common.cancel')}
                </Button>
              )}
              <Button type="submit" loading={create.isPending}>
                {t('projects.create')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Panel>
    </Page>
  )
}
