import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { download } from '../../api/download.ts'
import { toast } from '../../components/toast.ts'
import { problemText } from '../../i18n/problem_text.ts'
import { useProject } from '../projects/project_context.ts'
import { attributionRequest } from './attribution_request.ts'
import type { AttributionState } from './use_attribution_state.ts'

const FILES = {
  csv: { path: 'attribution', type: 'text/csv', ending: 'csv' },
  xlsx: {
    path: 'attribution',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ending: 'xlsx',
  },
  credits: { path: 'attribution/credits', type: 'text/csv', ending: 'csv' },
} as const
type Format = keyof typeof FILES
const FORMATS: readonly Format[] = ['csv', 'xlsx', 'credits']

export function DownloadMenu({ state }: { state: AttributionState }) {
  const { t } = useTranslation()
  const { id } = useProject()
  const save = useMutation({
    mutationFn: async (format: Format) => {
      const { path, type, ending } = FILES[format]
      const { from, to } = state.range
      const name = format === 'credits' ? 'credits' : `attribution-${state.by}`
      return download(`/api/v1/projects/${id}/reports/${path}`, `${name}-${from}-${to}.${ending}`, {
        method: 'POST',
        headers: { accept: type, 'content-type': 'application/json' },
        body: JSON.stringify(attributionRequest(state, state.range)),
      })
    },
    onError: (error) => toast(problemText(t, error).title, false),
  })
  return (
    <Menu position="bottom-end" width={290}>
      <Menu.Target>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconDownload size={15} aria-hidden />}
          loading={save.isPending}
        >
          {t('attribution.download')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map((format) => (
          <Menu.Item key={format} onClick={() => save.mutate(format)}>
            {t(`download.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
