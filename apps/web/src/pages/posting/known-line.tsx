import type { Line, LineLeft, Lines } from '../../api/types.js';
import { keyText, type LineKey } from '../../app/lines.js';
import { useNames } from '../../app/names.js';
import { grouped } from '../../ui/amount.js';
import { Choice } from './choice.js';
import type { DraftLine } from './draft.js';
import { useText } from './locale.js';

interface Props {
  readonly book: Lines;
  readonly line: DraftLine;
  readonly put: (part: Partial<DraftLine>) => void;
  readonly errorAt: (...names: readonly string[]) => string | undefined;
  readonly withEconomic: boolean;
  /** The lines of an earlier posting, where none but these may be chosen. */
  readonly left: readonly LineLeft[] | null;
}

/** A budget line of the book, and the economic code where the posting carries one. */
export function KnownLine({ book, line, put, errorAt, withEconomic, left }: Props) {
  const text = useText();
  const { labelled } = useNames();
  const options = useLineOptions(book.lines, left);
  const economics = left
    ?.filter((known) => keyText(known) === line.line)
    .map(({ economic }) => economic);
  // what was filled in names the function of the posting; what is chosen anew is looked up by the server
  return (
    <>
      <Choice
        label={text('line')}
        placeholder={text('chooseLine')}
        value={line.line}
        options={options}
        change={(chosen) => put({ line: chosen, function: undefined })}
        error={errorAt('project', 'fund', 'origin')}
      />
      {withEconomic && (
        <Choice
          label={text('economic')}
          value={line.economic}
          options={labelled('economics').filter(
            ({ value }) => economics === undefined || economics.includes(value),
          )}
          change={(economic) => put({ economic, function: undefined })}
          error={errorAt('economic')}
        />
      )}
    </>
  );
}

/** The lines that are there, with what they may spend. */
function useLineOptions(known: readonly Line[], left: readonly LineLeft[] | null) {
  const text = useText();
  const { nameOf } = useNames();
  const labelOf = ({ project, fund, origin }: LineKey, name: string) =>
    `${project} ${name} · ${nameOf('funds', fund)} · ${nameOf('origins', origin)}`;
  const keys = left && new Set(left.map(keyText));
  return known
    .filter((line) => keys === null || keys.has(keyText(line)))
    .map((line) => ({
      value: keyText(line),
      label: `${labelOf(line, line.projectName)} · ${text('executable', { amount: grouped(line.executable) })}`,
    }));
}
