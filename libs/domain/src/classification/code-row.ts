/** One line of a classification table: code, Chinese name, English name. */
export type CodeRow = readonly [code: string, zh: string, en: string];
