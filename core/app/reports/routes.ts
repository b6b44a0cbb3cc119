import { listDimensions, listMetrics } from './endpoints/catalogue.ts'
import { queryKpi, readKpi } from './endpoints/kpi.ts'

export default [readKpi, queryKpi, listMetrics, listDimensions]
