import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `npm run dev` finds the API; the built app is served by the API itself. */
const api = process.env.AF_API_URL ?? 'http://127.0.0.1:3333'

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2023',
    // Browsers that speak it know `modulepreload`, too.
    modulePreload: { polyfill: false },
    // The size check reads the manifest to add up what the first page loads.
    manifest: true,
    // The content security policy allows no data: scripts; small images may stay inline.
    assetsInlineLimit: (file) => file.endsWith('.svg'),
    chunkSizeWarningLimit: 700,
  },
  server: {
    port: 5173,
    proxy: { '/api': api, '/health': api },
  },
})
