import { authorizedFetch } from './client.ts'
import { toApiError } from './problem.ts'

/** Saves text or bytes as a file of the person's. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/** Fetches a file that needs the session's token, which a plain link could not carry. */
export async function download(url: string, name: string, init: RequestInit = {}): Promise<void> {
  const response = await authorizedFetch(new Request(url, init))
  if (!response.ok) {
    throw toApiError(response.status, await response.json().catch(() => null), response.headers)
  }
  saveFile(await response.blob(), name)
}
