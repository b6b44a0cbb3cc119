import { ApiError, networkError, toApiError } from './problem.ts'
import { session } from './session.ts'

export interface UploadOptions {
  url: string
  parts: readonly [name: string, value: string | File][]
  onProgress: (sent: number, total: number) => void
  signal: AbortSignal
}

/**
 * A multipart upload that reports its progress, which fetch cannot. The parts keep their order:
 * the server reads the spec before the first byte of the file.
 */
export async function upload<T>({ url, parts, onProgress, signal }: UploadOptions): Promise<T> {
  const token = await session.accessToken()
  const form = new FormData()
  for (const [name, value] of parts) form.append(name, value)
  return new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.responseType = 'json'
    if (token !== null) request.setRequestHeader('authorization', `Bearer ${token}`)
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total)
    request.onload = () => {
      if (request.status < 300) resolve(request.response as T)
      else reject(toApiError(request.status, request.response, headersOf(request)))
    }
    request.onerror = () => reject(networkError())
    request.onabort = () => reject(new ApiError({ status: 0, code: 'canceled' }))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(form)
  })
}

const headersOf = (request: XMLHttpRequest): Headers =>
  new Headers(
    ['retry-after', 'x-request-id'].flatMap((name): [string, string][] => {
      const value = request.getResponseHeader(name)
      return value === null ? [] : [[name, value]]
    })
  )
