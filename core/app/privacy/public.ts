export { carryOutRequest, reapRequests } from './carry_out.ts'
