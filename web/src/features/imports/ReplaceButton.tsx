import { Button, type ButtonProps } from '@mantine/core'
import { Link } from 'react-router'
import { useCanEdit, useProject } from '../projects/project_context.ts'

interface ReplaceButtonProps extends ButtonProps {
  name: string
}

/** Leads to an import under the same name, which replaces what this one loaded. */
export function ReplaceButton({ name, ...rest }: ReplaceButtonProps) {
  const { id } = useProject()
  const canEdit = useCanEdit()
  if (!canEdit) return null
  const to = `/p/${id}/imports/new?replace=${encodeURIComponent(name)}`
  return <Button component={Link} to={to} {...rest} />
}
