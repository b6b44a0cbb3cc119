export { followChanges } from './follow_changes.ts'
export { rebuildProject } from './rebuild_project.ts'
export { READABLE_FOR_MINUTES } from './sweep_warehouse.ts'
export { startWorker, type Worker } from './worker.ts'
