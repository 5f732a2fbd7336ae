/**
 * The double-entry mapping (指标账). A budget posting is made of movements: one amount that goes from
 * one account to another on one budget line, so that debits equal credits by construction and every
 * line balances by itself. The names stand in stored events: they are final.
 */

/** Accounts and their names. `use` accounts carry debit balances, `source` accounts credit balances. */
export const ACCOUNTS = {
  executable: { side: 'use', zh: '可执行指标', en: 'Executable budget' },
  unreleasedCarryover: { side: 'use', zh: '未下达结转', en: 'Unreleased carryover' },
  directlyAllocated: { side: 'use', zh: '已划转', en: 'Directly allocated' },
  reserved: { side: 'use', zh: '已占用', en: 'Reserved' },
  expended: { side: 'use', zh: '已支付', en: 'Expended' },
  carriedForward: { side: 'use', zh: '结转下年', en: 'Carried forward' },
  surplus: { side: 'use', zh: '结余', en: 'Surplus' },
  recovered: { side: 'use', zh: '已收回', en: 'Recovered' },
  sourceInitial: { side: 'source', zh: '来源—年初预算', en: 'Source: initial budget' },
  sourceAddition: { side: 'source', zh: '来源—追加', en: 'Source: additions' },
  sourceReduction: { side: 'source', zh: '来源—追减', en: 'Source: reductions' },
  sourceTransfer: { side: 'source', zh: '来源—调剂', en: 'Source: transfers' },
  sourceCarryover: { side: 'source', zh: '来源—上年结转', en: 'Source: prior-year carryover' },
} as const satisfies Record<string, { side: 'use' | 'source'; zh: string; en: string }>;

export type Account = keyof typeof ACCOUNTS;

/** Accounts that may never fall below zero: the control of every posting. */
export const CONTROLLED_ACCOUNTS = ['executable', 'unreleasedCarryover', 'reserved'] as const;
export type ControlledAccount = (typeof CONTROLLED_ACCOUNTS)[number];

/** Kinds of movement, each with the account it debits and the account it credits. */
export const MOVEMENT_KINDS = {
  broughtIn: { debit: 'unreleasedCarryover', credit: 'sourceCarryover' },
  approved: { debit: 'executable', credit: 'sourceInitial' },
  added: { debit: 'executable', credit: 'sourceAddition' },
  reduced: { debit: 'sourceReduction', credit: 'executable' },
  released: { debit: 'executable', credit: 'unreleasedCarryover' },
  takenBack: { debit: 'unreleasedCarryover', credit: 'executable' },
  transferredIn: { debit: 'executable', credit: 'sourceTransfer' },
  transferredOut: { debit: 'sourceTransfer', credit: 'executable' },
  allocated: { debit: 'directlyAllocated', credit: 'executable' },
  reserved: { debit: 'reserved', credit: 'executable' },
  reservationReleased: { debit: 'executable', credit: 'reserved' },
  paid: { debit: 'expended', credit: 'executable' },
  refunded: { debit: 'executable', credit: 'expended' },
  unreleasedClosed: { debit: 'executable', credit: 'unreleasedCarryover' },
  reservedClosed: { debit: 'executable', credit: 'reserved' },
  carriedForward: { debit: 'carriedForward', credit: 'executable' },
  surplusTaken: { debit: 'surplus', credit: 'executable' },
  recovered: { debit: 'recovered', credit: 'executable' },
} as const satisfies Record<string, { debit: Account; credit: Account }>;

export type MovementKind = keyof typeof MOVEMENT_KINDS;
export const MOVEMENT_KIND_NAMES = Object.keys(MOVEMENT_KINDS) as readonly MovementKind[];
