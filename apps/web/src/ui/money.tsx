import { grouped, isNegative, isZero } from './amount.js';

/** Yuan as the ledger gives them, thousands set apart; a zero is a dash, as on paper forms. */
export function Money({ yuan, strong = false }: { yuan: string; strong?: boolean }) {
  const shown = isZero(yuan) ? '–' : grouped(yuan);
  return (
    <span className={isNegative(yuan) ? 'money negative' : 'money'}>
      {strong ? <strong>{shown}</strong> : shown}
    </span>
  );
}
