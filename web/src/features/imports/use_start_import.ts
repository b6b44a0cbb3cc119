import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { ApiError } from '../../api/problem.ts'
import type { Import } from '../../api/types.ts'
import { upload } from '../../api/upload.ts'
import { useProject } from '../projects/project_context.ts'
import { toSpec, type Draft } from './draft.ts'
import type { FileHead } from './read_head.ts'

interface Progress {
  sent: number
  total: number
}

/** Sends the file with its spec and goes on to the page that follows the import. */
export function useStartImport(file: File, head: FileHead) {
  const { id } = useProject()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [progress, setProgress] = useState<Progress>({ sent: 0, total: file.size })
  const abort = useRef<AbortController | null>(null)
  const mutation = useMutation({
    mutationFn: async (draft: Draft): Promise<string> => {
      abort.current = new AbortController()
      const answer = await upload<{ data: Import }>({
        url: `/api/v1/projects/${id}/imports`,
        parts: [
          ['spec', JSON.stringify(toSpec(draft, head))],
          ['file', file],
        ],
        onProgress: (sent, total) => setProgress({ sent, total }),
        signal: abort.current.signal,
      })
      return answer.data.id
    },
    onSuccess: async (importId) => {
      await client.invalidateQueries({ queryKey: ['imports', id] })
      await navigate(`/p/${id}/imports/${importId}`)
    },
  })
  const canceled = mutation.error instanceof ApiError && mutation.error.code === 'canceled'
  return {
    mutate: mutation.mutate,
    isPending: mutation.isPending,
    error: canceled ? null : mutation.error,
    progress,
    cancel: () => abort.current?.abort(),
  }
}
