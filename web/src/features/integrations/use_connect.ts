import { useNavigate } from 'react-router'
import type { Integration, NewIntegration, Source } from '../../api/types.ts'
import { useProject } from '../projects/project_context.ts'
import { useAuthorize } from './use_connection.ts'
import { useCreateIntegration } from './use_integrations.ts'

/** Makes an integration and goes on to the vendor's page, or to its own where no consent is needed. */
export function useConnect(source: Source) {
  const { id } = useProject()
  const navigate = useNavigate()
  const create = useCreateIntegration()
  const authorize = useAuthorize()
  const show = (made: Integration) => void navigate(`/p/${id}/integrations/${made.id}`)
  const goOn = (made: Integration) => {
    if (!made.needs_consent || source.consent?.available !== true) show(made)
    // Whoever cannot get there finds the way on the integration's own page.
    else authorize.mutate(made.id, { onError: () => show(made) })
  }
  return {
    start: (body: NewIntegration) => create.mutate(body, { onSuccess: goOn }),
    error: create.error,
    isBusy: create.isPending || authorize.isPending || authorize.isSuccess,
  }
}
