import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from 'react-router/dom'
import { queryClient } from '../api/query_client.ts'
import { ToastRegion } from '../components/ToastRegion.tsx'
import { colorSchemeManager } from '../theme/color_scheme.ts'
import { resolveVariables, theme } from '../theme/theme.ts'
import { router } from './router.tsx'

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <ToastRegion />
      </QueryClientProvider>
    </MantineProvider>
  )
}
