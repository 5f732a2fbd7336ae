import { useLines } from '../../app/lines.js';
import { useBook } from '../../app/book.js';
import { usePeople } from '../../app/people.js';
import { DateInput } from '../../ui/date-input.js';
import { Field } from '../../ui/field.js';
import { EVENT_TYPES } from './event-types.js';
import type { Wanted } from './history-list.js';
import { useText } from './locale.js';
import { TypeName } from './record-facts.js';

interface Props {
  readonly wanted: Wanted;
  readonly change: (wanted: Wanted) => void;
  /** Ids to choose from, by name. */
  readonly people: readonly string[];
}

const PEOPLE = 'history-people';

/** What narrows the history, each a question to the server. */
export function HistoryFilters({ wanted, change, people }: Props) {
  const text = useText();
  const nameOf = usePeople(people);
  const input = (name: keyof Wanted, label: string, type: 'search' | 'number') => (
    <Field label={label}>
      {(control) => (
        <input
          {...control}
          type={type}
          {...(type === 'number' && { min: 0, step: 1 })}
          {...(name === 'person' && { list: PEOPLE })}
          className="plain-input"
          value={wanted[name]}
          onChange={({ target }) => change({ ...wanted, [name]: target.value })}
        />
      )}
    </Field>
  );
  const day = (name: 'since' | 'until', label: string) => (
    <Field label={label}>
      {(control) => (
        <DateInput
          {...control}
          value={wanted[name]}
          change={(value) => change({ ...wanted, [name]: value })}
        />
      )}
    </Field>
  );
  return (
    <div className="report-bar" role="search">
      {input('text', text('search'), 'search')}
      <Choice
        label={text('type')}
        any={text('anyType')}
        value={wanted.type}
        choose={(type) => change({ ...wanted, type })}
      >
        {EVENT_TYPES.map((type) => (
          <option key={type} value={type}>
            <TypeName type={type} />
          </option>
        ))}
      </Choice>
      <LineChoice value={wanted.line} choose={(line) => change({ ...wanted, line })} />
      {input('person', text('person'), 'search')}
      <datalist id={PEOPLE}>
        {people.map((person) => (
          <option key={person} value={person} label={nameOf(person)} />
        ))}
      </datalist>
      {input('document', text('document'), 'search')}
      {day('since', text('from'))}
      {day('until', text('to'))}
      {input('knownAt', text('knownAt'), 'number')}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly any: string;
  readonly value: string;
  readonly choose: (value: string) => void;
  readonly children: React.ReactNode;
}

function Choice({ label, any, value, choose, children }: ChoiceProps) {
  return (
    <Field label={label}>
      {(control) => (
        <select
          {...control}
          className="plain-input"
          value={value}
          onChange={({ target }) => choose(target.value)}
        >
          <option value="">{any}</option>
          {children}
        </select>
      )}
    </Field>
  );
}

function LineChoice({ value, choose }: { value: string; choose: (line: string) => void }) {
  const text = useText();
  const { data } = useLines(useBook());
  const projects = new Map(data?.lines.map((l) => [l.project, l.projectName]));
  return (
    <Choice label={text('line')} any={text('anyLine')} value={value} choose={choose}>
      {[...projects].map(([project, name]) => (
        <option key={project} value={project}>
          {project} {name}
        </option>
      ))}
    </Choice>
  );
}
