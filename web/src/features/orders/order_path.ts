/** Where an order is explained. */
export const orderPath = (projectId: string, orderId: string): string =>
  `/p/${projectId}/orders/${encodeURIComponent(orderId)}`
