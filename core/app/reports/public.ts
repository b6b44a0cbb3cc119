export { romi } from './catalogue/evaluate.ts'
export { buildReport, type BuiltReport } from './build_report.ts'
export { KpiRequest } from './plan/request.ts'
