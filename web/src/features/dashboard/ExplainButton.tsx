import { ActionIcon, Tooltip } from '@mantine/core'
import { IconZoomQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Metric } from './metrics.ts'

interface ExplainButtonProps {
  metric: Metric
  onClick: () => void
  className?: string | undefined
}

export function ExplainButton({ metric, onClick, className = '' }: ExplainButtonProps) {
  const { t } = useTranslation()
  return (
    <Tooltip label={t('explain.open')}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={24}
        className={className}
        aria-label={t('explain.open_for', { metric: t(`metric.${metric}`) })}
        onClick={onClick}
      >
        <IconZoomQuestion size={16} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  )
}
