import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { api, unwrap } from '../../api/client.ts'
import type { Member } from '../../api/types.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useCanManage, useProject } from '../projects/project_context.ts'
import classes from './MembersPanel.module.css'

const AddMember = lazy(() => import('./AddMember.tsx'))

export function MembersPanel() {
  const { t } = useTranslation()
  const { id } = useProject()
  const canManage = useCanManage()
  const members = useQuery({
    queryKey: ['members', id],
    queryFn: async ({ signal }): Promise<Member[]> =>
      (
        await unwrap(
          api.GET('/api/v1/projects/{project_id}/members', {
            params: { path: { project_id: id } },
            signal,
          })
        )
      ).data,
  })
  return (
    <Panel title={t('settings.members')} subtitle={t('settings.members_text')}>
      {members.isPending && <Skeleton height={56} aria-label={t('common.loading')} />}
      {members.isError && <ErrorState error={members.error} onRetry={members.refetch} />}
      {members.data && (
        <ul className={classes.list}>
          {members.data.map((member) => (
            <li key={member.user_id} className={classes.row}>
              <span className={classes.avatar} aria-hidden>
                {(member.full_name ?? member.email).slice(0, 1).toUpperCase()}
              </span>
              <span className={classes.who}>
                <b>{member.full_name ?? member.email}</b>
                {member.full_name !== null && <span>{member.email}</span>}
              </span>
              <span className={classes.level}>{t(`level.${member.permission_level}`)}</span>
            </li>
          ))}
        </ul>
      )}
      <Suspense>{canManage && <AddMember />}</Suspense>
    </Panel>
  )
}
