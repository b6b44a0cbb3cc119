/** The apps that the sandbox knows, under the names by which connectors ask for theirs. */
export const APPLICATIONS = {
  AF_OAUTH_GOOGLE_CLIENT_ID: '728100200300-sandbox.apps.googleusercontent.com',
  AF_OAUTH_GOOGLE_CLIENT_SECRET: 'GOCSPX-sandbox-client-secret',
  AF_OAUTH_GOOGLE_ADS_CLIENT_ID: '728100200300-sandbox.apps.googleusercontent.com',
  AF_OAUTH_GOOGLE_ADS_CLIENT_SECRET: 'GOCSPX-sandbox-client-secret',
  AF_OAUTH_SHOPIFY_CLIENT_ID: '5a0d0b0c0ffee5a0d0b0c0ffee123456',
  AF_OAUTH_SHOPIFY_CLIENT_SECRET: 'shpss_sandbox_client_secret',
}
