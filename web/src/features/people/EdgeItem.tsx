import { Button, Popover } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IdentityEdge } from '../../api/types.ts'
import { toast } from '../../components/toast.ts'
import { useFormat } from '../../i18n/format.ts'
import { problemText } from '../../i18n/problem_text.ts'
import { useCanEdit } from '../projects/project_context.ts'
import { NodeName } from './NodeName.tsx'
import { useNodeType } from './node_type.ts'
import { useSplit } from './use_people.ts'
import classes from './EdgeItem.module.css'

/** Two identifiers that are one person's, what says so, and a way to say that they are not. */
export function EdgeItem({ edge }: { edge: IdentityEdge }) {
  const { t } = useTranslation()
  const format = useFormat()
  const typeOf = useNodeType()
  const canEdit = useCanEdit()
  const [first] = edge.documents
  const others = edge.documents_count - 1
  return (
    <li className={classes.edge}>
      <div className={classes.ends}>
        <NodeName node={edge.from} />
        <span className={classes.is}>=</span>
        <NodeName node={edge.to} />
      </div>
      <p className={classes.why}>
        {t(`identity_reason.${edge.reason}`)}
        {first && ` ${[typeOf(first.type), first.id].filter(Boolean).join(' ')}`}
        {first?.time && `, ${format.day(first.time.slice(0, 10))}`}
        {others > 0 && ` ${t('identity.and_more', { count: others })}`}
      </p>
      {canEdit && <SplitButton edge={edge} />}
    </li>
  )
}

function SplitButton({ edge }: { edge: IdentityEdge }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const split = useSplit()
  return (
    <Popover opened={opened} onChange={setOpened} width={290} position="bottom-start" trapFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          className={classes.split ?? ''}
          onClick={() => setOpened(!opened)}
        >
          {t('identity.split')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <p className={classes.question}>{t('identity.split_question')}</p>
        <Button
          size="xs"
          color="red"
          loading={split.isPending}
          onClick={() =>
            split.mutate(
              { from: edge.from.alias_id, to: edge.to.alias_id },
              {
                onSuccess: () => {
                  setOpened(false)
                  toast(t('identity.split_done'))
                },
                onError: (error) => toast(problemText(t, error).title, false),
              }
            )
          }
        >
          {t('identity.split')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}
