/** What is asked by whoever runs the server, at the root and below /api/v1. */
export const HEALTH_PATHS = ['health/live', 'health/ready', 'metrics'] as const;
