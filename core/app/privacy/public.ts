export { carryOutRequest, reapRequests } from './carry_out.ts'
export { vendorDemands } from './vendor_demands.ts'
