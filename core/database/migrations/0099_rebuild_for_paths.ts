import RebuildProjects from './0098_rebuild_projects.ts'

/**
 * Paths are a table of their own since ClickHouse's migration 000021: those of projects that are there
 * already are built by the worker.
 */
export default class extends RebuildProjects {}
