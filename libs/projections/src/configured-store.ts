/** The connection string of the KurrentDB that has the ledger; none where it is in the data directory. */
export const configuredStore = (): string | undefined => process.env['FISCAL_STORE'] || undefined;
