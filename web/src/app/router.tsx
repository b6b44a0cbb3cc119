import { createBrowserRouter, Navigate, type RouteObject } from 'react-router'
import { PageSkeleton } from '../components/PageSkeleton.tsx'
import { withTexts } from '../i18n/index.ts'
import { Home } from './Home.tsx'
import { NotFound, RouteError } from './RouteError.tsx'
import { RequireSession, RequireSignedOut } from './session_guards.tsx'

const projectPages: RouteObject[] = [
  { index: true, element: <Navigate to="dashboard" replace /> },
  {
    path: 'dashboard',
    lazy: async () => ({
      Component: (await import('../features/dashboard/DashboardPage.tsx')).DashboardPage,
    }),
  },
  {
    path: 'attribution',
    lazy: async () => ({
      Component: (
        await withTexts(import('../features/attribution/AttributionPage.tsx'), 'names', 'analysis')
      ).AttributionPage,
    }),
  },
  {
    path: 'journeys',
    lazy: async () => ({
      Component: (
        await withTexts(
          import('../features/journeys/JourneysPage.tsx'),
          'names',
          'analysis',
          'people'
        )
      ).JourneysPage,
    }),
  },
  {
    path: 'people/:personId',
    lazy: async () => ({
      Component: (
        await withTexts(import('../features/people/PersonPage.tsx'), 'names', 'analysis', 'people')
      ).PersonPage,
    }),
  },
  {
    path: 'orders/:orderId',
    lazy: async () => ({
      Component: (
        await withTexts(
          import('../features/orders/OrderPage.tsx'),
          'names',
          'analysis',
          'people',
          'orders'
        )
      ).OrderPage,
    }),
  },
  {
    path: 'integrations',
    lazy: async () => ({
      Component: (
        await withTexts(import('../features/integrations/IntegrationsPage.tsx'), 'integrations')
      ).IntegrationsPage,
    }),
  },
  {
    path: 'integrations/new',
    lazy: async () => ({
      Component: (
        await withTexts(import('../features/integrations/CataloguePage.tsx'), 'integrations')
      ).CataloguePage,
    }),
  },
  {
    path: 'integrations/new/:type',
    lazy: async () => ({
      Component: (
        await withTexts(import('../features/integrations/NewIntegrationPage.tsx'), 'integrations')
      ).NewIntegrationPage,
    }),
  },
  {
    path: 'integrations/:integrationId',
    lazy: async () => ({
      Component: (
        await withTexts(import('../features/integrations/IntegrationPage.tsx'), 'integrations')
      ).IntegrationPage,
    }),
  },
  {
    path: 'imports',
    lazy: async () => ({
      Component: (await withTexts(import('../features/imports/ImportsPage.tsx'), 'imports'))
        .ImportsPage,
    }),
  },
  {
    path: 'imports/new',
    lazy: async () => ({
      Component: (await withTexts(import('../features/imports/NewImportPage.tsx'), 'imports'))
        .NewImportPage,
    }),
  },
  {
    path: 'imports/:importId',
    lazy: async () => ({
      Component: (await withTexts(import('../features/imports/ImportPage.tsx'), 'imports'))
        .ImportPage,
    }),
  },
  {
    path: 'settings',
    lazy: async () => ({
      Component: (await import('../features/settings/ProjectSettingsPage.tsx')).ProjectSettingsPage,
    }),
  },
  {
    path: 'settings/channels',
    lazy: async () => ({
      Component: (await withTexts(import('../features/rules/ChannelRulesPage.tsx'), 'rules'))
        .ChannelRulesPage,
    }),
  },
  {
    path: 'settings/campaigns',
    lazy: async () => ({
      Component: (await withTexts(import('../features/rules/CampaignsPage.tsx'), 'rules'))
        .CampaignsPage,
    }),
  },
  {
    path: 'settings/attribution',
    lazy: async () => ({
      Component: (
        await withTexts(
          import('../features/rules/AttributionSettingsPage.tsx'),
          'names',
          'models',
          'rules'
        )
      ).AttributionSettingsPage,
    }),
  },
  {
    path: 'settings/identity',
    lazy: async () => ({
      Component: (await withTexts(import('../features/rules/IdentityPage.tsx'), 'people', 'rules'))
        .IdentityPage,
    }),
  },
  {
    path: 'settings/privacy',
    lazy: async () => ({
      Component: (
        await withTexts(import('../features/privacy/PrivacyPage.tsx'), 'people', 'privacy')
      ).PrivacyPage,
    }),
  },
  { path: '*', element: <NotFound /> },
]

const accountPages: RouteObject[] = [
  {
    path: 'projects',
    lazy: async () => ({
      Component: (await import('../features/projects/ProjectsPage.tsx')).ProjectsPage,
    }),
  },
  {
    path: 'projects/new',
    lazy: async () => ({
      Component: (await import('../features/projects/NewProjectPage.tsx')).NewProjectPage,
    }),
  },
  {
    path: 'settings',
    lazy: async () => ({
      Component: (await import('../features/settings/AccountSettingsPage.tsx')).AccountSettingsPage,
    }),
  },
]

export const router = createBrowserRouter([
  {
    errorElement: <RouteError />,
    hydrateFallbackElement: <PageSkeleton />,
    children: [
      {
        element: <RequireSignedOut />,
        children: [
          {
            path: 'sign-in',
            lazy: async () => ({
              Component: (await import('../features/auth/SignInPage.tsx')).SignInPage,
            }),
          },
          {
            path: 'sign-up',
            lazy: async () => ({
              Component: (await import('../features/auth/SignUpPage.tsx')).SignUpPage,
            }),
          },
        ],
      },
      {
        element: <RequireSession />,
        children: [
          { index: true, element: <Home /> },
          {
            lazy: async () => ({
              Component: (await import('./shell/AccountShell.tsx')).AccountShell,
            }),
            children: accountPages,
          },
          {
            path: 'p/:projectId',
            lazy: async () => ({
              Component: (await import('./shell/ProjectShell.tsx')).ProjectShell,
            }),
            children: projectPages,
          },
        ],
      },
      { path: '*', element: <NotFound /> },
    ],
  },
])
