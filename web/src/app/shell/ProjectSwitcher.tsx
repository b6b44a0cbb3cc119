import { Menu, UnstyledButton } from '@mantine/core'
import { IconCheck, IconPlus, IconSelector } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { ProjectMark } from '../../features/projects/ProjectMark.tsx'
import { useProjects } from '../../features/projects/use_projects.ts'
import classes from './ProjectSwitcher.module.css'

export function ProjectSwitcher() {
  const { t } = useTranslation()
  const { projectId } = useParams()
  const { data: projects = [] } = useProjects()
  const current = projects.find(({ id }) => id === projectId)
  return (
    <Menu position="bottom-start" width={264} offset={6}>
      <Menu.Target>
        <UnstyledButton className={classes.target} aria-label={t('shell.switch_project')}>
          <ProjectMark name={current?.name ?? ''} />
          <span className={classes.name}>{current?.name ?? t('shell.no_project')}</span>
          <IconSelector size={16} stroke={1.6} className={classes.chevron} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('shell.projects')}</Menu.Label>
        <div className={classes.list}>
          {projects.map(({ id, name }) => (
            <Menu.Item
              key={id}
              component={Link}
              to={`/p/${id}/dashboard`}
              leftSection={<ProjectMark name={name} size={20} />}
              rightSection={id === projectId ? <IconCheck size={16} /> : null}
            >
              <span className={classes.item}>{name}</span>
            </Menu.Item>
          ))}
        </div>
        <Menu.Divider />
        <Menu.Item component={Link} to="/projects">
          {t('shell.all_projects')}
        </Menu.Item>
        <Menu.Item component={Link} to="/projects/new" leftSection={<IconPlus size={16} />}>
          {t('projects.new')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
