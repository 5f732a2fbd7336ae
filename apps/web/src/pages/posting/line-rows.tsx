import { Button } from 'antd';
import type { LineLeft, Lines } from '../../api/types.js';
import { AmountInput } from './amount-input.js';
import { isBlank, NEW_LINE, NO_LINE, type DraftLine } from './draft.js';
import { limitOf } from './entry.js';
import type { PostingForm } from './forms.js';
import { KnownLine } from './known-line.js';
import { useText } from './locale.js';
import { NewLine } from './new-line.js';

interface Props {
  readonly form: PostingForm;
  readonly book: Lines;
  readonly lines: readonly DraftLine[];
  readonly change: (lines: readonly DraftLine[]) => void;
  /** The refusal of a place in the posting. */
  readonly errorAt: (pointer: string) => string | undefined;
  /** What is left of the posting that this one takes from. */
  readonly left: readonly LineLeft[] | null;
}

/** The lines of a posting: which budget line, how much, and for payments the economic code. */
export function LineRows({ form, book, lines, change, errorAt, left }: Props) {
  const text = useText();
  const takesNew = form.lines?.signed === true;
  const add = (line: DraftLine) => change([...lines.filter((l) => !isBlank(l)), line]);
  return (
    <fieldset className="lines">
      <legend>{text('lines')}</legend>
      {lines.map((line, i) => {
        const put = (part: Partial<DraftLine>) =>
          change(lines.map((other, at) => (at === i ? { ...other, ...part } : other)));
        // what is blank is not sent, and not counted by who refuses
        const sentAt = lines.slice(0, i).filter((l) => !isBlank(l)).length;
        const at = (...names: readonly string[]) =>
          names.map((name) => errorAt(`/lines/${sentAt}/${name}`)).find(Boolean);
        const row = { book, line, put, errorAt: at };
        return (
          <div className={classOf(line, form)} key={i}>
            {line.isNew ? (
              <NewLine {...row} />
            ) : (
              <KnownLine {...row} withEconomic={form.lines?.economic === true} left={left} />
            )}
            <AmountInput
              label={text('amount')}
              value={line.amount}
              change={(amount) => put({ amount })}
              error={at('amount')}
              limit={left ? limitOf(left, lines, line) : undefined}
            />
            <Button
              type="text"
              aria-label={text('removeLine', { n: i + 1 })}
              disabled={lines.length === 1 && !line.isNew}
              onClick={() => change(lines.length === 1 ? [NO_LINE] : lines.toSpliced(i, 1))}
            >
              ✕
            </Button>
          </div>
        );
      })}
      <Button size="small" onClick={() => change([...lines, NO_LINE])}>
        {text('addLine')}
      </Button>{' '}
      {takesNew && (
        <Button size="small" onClick={() => add(NEW_LINE)}>
          {text('addNewLine')}
        </Button>
      )}
      <p className="faint">
        {text('amountHint')}
        {takesNew && `；${text('signedHint')}`}
      </p>
    </fieldset>
  );
}

const classOf = ({ isNew }: DraftLine, { lines }: PostingForm): string =>
  isNew ? 'line new' : lines?.economic ? 'line economic' : 'line';
