import type { Lines } from '../../api/types.js';
import { keyOfText, keyText, type LineKey } from '../../app/lines.js';
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
}

/** A budget line that the book need not have yet: of any registered project, with its fund, origin and codes. */
export function NewLine({ book: { projects, lines }, line, put, errorAt }: Props) {
  const text = useText();
  const { labelled } = useNames();
  const key = keyOfText(line.line);
  const choose = (part: Partial<LineKey>) => put({ line: keyText({ ...key, ...part }) });
  const there = lines.find((known) => keyText(known) === line.line);
  const project = projects.find((known) => known.project === key.project);
  const functionOf = project && labelled('functions').find((f) => f.value === project.function);
  return (
    <>
      <Choice
        label={text('project')}
        value={key.project}
        options={projects.map(({ project, name }) => ({
          value: project,
          label: `${project} ${name}`,
        }))}
        change={(chosen) => choose({ project: chosen })}
        error={errorAt('project')}
        hint={there && text('isThere', { amount: grouped(there.executable) })}
      />
      <Choice
        label={text('fund')}
        value={key.fund}
        options={labelled('funds', 'name')}
        change={(chosen) => choose({ fund: chosen })}
        error={errorAt('fund')}
      />
      <Choice
        label={text('origin')}
        value={key.origin}
        options={labelled('origins', 'name')}
        change={(chosen) => choose({ origin: chosen })}
        error={errorAt('origin')}
      />
      <Choice
        label={text('function')}
        value={line.function ?? ''}
        options={labelled('functions')}
        change={(code) => put({ function: code === '' ? undefined : code })}
        error={errorAt('function')}
        hint={functionOf && text('functionHint', { code: functionOf.label })}
        clearable
      />
      <Choice
        label={text('economic')}
        value={line.economic}
        options={labelled('economics')}
        change={(economic) => put({ economic })}
        error={errorAt('economic')}
        hint={text('optional')}
        clearable
      />
    </>
  );
}
