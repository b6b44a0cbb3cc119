import { Button, Group, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconBook2, IconExternalLink } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { FormError } from '../../components/FormError.tsx'
import { Page } from '../../components/Page.tsx'
import { Panel } from '../../components/Panel.tsx'
import { toast } from '../../components/toast.ts'
import { useCanEdit, useProject } from '../projects/project_context.ts'
import { ProjectFields, type ProjectForm } from '../projects/ProjectFields.tsx'
import { useUpdateProject } from '../projects/use_projects.ts'
import { MembersPanel } from './MembersPanel.tsx'
import { SettingsNav } from './SettingsNav.tsx'

export function ProjectSettingsPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('settings.project_title')} narrow>
      <SettingsNav />
      <Panel title={t('settings.project')}>
        <ProjectSettings />
      </Panel>
      <MembersPanel />
      <Panel title={t('settings.api')} subtitle={t('settings.api_text')}>
        <Button
          component="a"
          href="/api/v1/docs"
          target="_blank"
          rel="noreferrer"
          variant="default"
          leftSection={<IconBook2 size={16} aria-hidden />}
          rightSection={<IconExternalLink size={14} aria-hidden />}
        >
          {t('shell.api_docs')}
        </Button>
      </Panel>
    </Page>
  )
}

function ProjectSettings() {
  const { t } = useTranslation()
  const project = useProject()
  const update = useUpdateProject(project.id)
  const { name, currency, timezone, week_start } = project
  const readOnly = !useCanEdit()
  const form = useForm<ProjectForm>({
    mode: 'uncontrolled',
    initialValues: { name, currency, timezone, week_start },
    validate: { name: (value) => (value.trim() ? null : t('projects.name_missing')) },
  })
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        update.mutate(values, { onSuccess: () => toast(t('settings.saved')) })
      )}
    >
      <Stack gap="md">
        <ProjectFields form={form} disabled={readOnly} />
        <FormError error={update.error} />
        {!readOnly && (
          <Group justify="flex-end">
            <Button type="submit" loading={update.isPending}>
              {t('settings.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  )
}
