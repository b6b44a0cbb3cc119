const KEY = 'af.last_project'

export const lastProjectId = (): string | null => localStorage.getItem(KEY)
export const rememberProject = (id: string): void => localStorage.setItem(KEY, id)
