import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat.js';

dayjs.extend(customParseFormat);

const SHOWN = 'YYYY-MM-DD';
/** What is typed is read in these at once: no beginning of a day in one of them is another day. */
const WHOLE = [SHOWN, 'YYYYMMDD', 'YYYY/MM/DD', 'YYYY.MM.DD', 'YYYY年MM月DD日', 'YYYY年M月D日'];
/** And in these once the field is left, since 2023/7/1 may become 2023/7/15. */
const SHORT = ['YYYY-M-D', 'YYYY/M/D', 'YYYY.M.D'];

interface Props {
  readonly id: string;
  readonly name?: string;
  readonly status?: '' | 'error';
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: boolean;
  /** A day as the ledger writes it, `2023-07-15`; empty for none. */
  readonly value: string;
  /** Takes such a day; what was typed and is none comes as it is, for the server to say what is wrong with it. */
  readonly change: (day: string) => void;
}

/** A day, typed or chosen; shown as the ledger writes it, whatever the locale of the browser is. */
export function DateInput({ value, change, ...control }: Props) {
  const day = dayjs(value, SHOWN, true);
  return (
    <DatePicker
      {...control}
      className="date-input"
      format={WHOLE}
      placeholder={SHOWN}
      value={day.isValid() ? day : null}
      onChange={(chosen) => change(chosen?.format(SHOWN) ?? '')}
      // takes the day, and does not send the form
      onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      onBlur={({ target }) => {
        // the calendar is left, too
        const typed = target instanceof HTMLInputElement ? target.value.trim() : '';
        if (typed === '') return;
        const read = dayjs(typed, [...WHOLE, ...SHORT], true);
        const left = read.isValid() ? read.format(SHOWN) : typed;
        if (left !== value) change(left);
      }}
    />
  );
}
