import { onNode24 } from './on_node_24.mjs'

await onNode24(() => import('./demo/main.ts'))
