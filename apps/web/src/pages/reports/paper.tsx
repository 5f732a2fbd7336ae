import type { ReactNode } from 'react';
import type { Form, FormTable } from './form.js';
import { useText } from './locale.js';
import { PaperTable, type CellChoice } from './paper-table.js';
import './paper.css';

interface Props {
  readonly form: Form;
  /** Told which cell somebody wants to know more about. */
  readonly choose?: CellChoice;
  /** Cells to be marked, by `cellKey`, with what stood there before. */
  readonly changed?: ReadonlyMap<string, string>;
}

/** A report drawn as the paper form: bands, merged cells, signature lines. */
export function Paper({ form, choose, changed }: Props) {
  const drawn = (table: FormTable) => (
    <PaperTable key={table.id} table={table} choose={choose} changed={changed} />
  );
  const top = (
    <>
      {form.caption !== undefined && <p className="caption">{form.caption}</p>}
      <h1>{form.title}</h1>
    </>
  );
  const heading = (
    <p className="heading">
      {form.heading.map((part) => (
        <span key={part}>{part}</span>
      ))}
    </p>
  );
  if (form.layout === 'form')
    return (
      <div className="paper">
        <section>
          {top}
          {heading}
          <Slide label={form.title}>
            <div className="sheet">{partsOf(form.tables).map((part) => part.draw(drawn))}</div>
          </Slide>
          <Notes notes={form.tables.flatMap((table) => table.notes)} />
          <End form={form} />
        </section>
      </div>
    );
  return (
    <div className="paper">
      {form.tables.map((table, i) => (
        <section key={table.id} className={table.page.across ? 'across' : ''}>
          {i === 0 && top}
          {form.tables.length > 1 && <h2>{table.title}</h2>}
          {table.form !== undefined && <p className="form-number">{table.form}</p>}
          {heading}
          <Slide label={table.title}>{drawn(table)}</Slide>
          <Notes notes={table.notes} />
          {i === form.tables.length - 1 && <End form={form} />}
        </section>
      ))}
    </div>
  );
}

/** On a phone the table is moved under its window, and only the table: heading and notes stay where they are read. */
function Slide({ label, children }: { label: string; children: ReactNode }) {
  const text = useText();
  return (
    <>
      <p className="slide-hint no-print">{text('slide')}</p>
      <div className="slide" role="region" aria-label={label} tabIndex={0}>
        {children}
      </div>
    </>
  );
}

/** Neighbours with the same band are held together by it. */
function partsOf(tables: readonly FormTable[]) {
  const parts: { band?: string; tables: FormTable[] }[] = [];
  for (const table of tables) {
    const last = parts.at(-1);
    if (last && table.band !== undefined && last.band === table.band) last.tables.push(table);
    else parts.push({ band: table.band, tables: [table] });
  }
  return parts.map(({ band, tables: members }) => ({
    draw: (drawn: (table: FormTable) => ReactNode) =>
      band === undefined ? (
        members.map(drawn)
      ) : (
        <div key={band} className="band">
          <div className="band-label">
            <span>{band}</span>
          </div>
          <div className="band-body">{members.map(drawn)}</div>
        </div>
      ),
  }));
}

function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <ul className="notes">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

function End({ form }: { form: Form }) {
  return (
    <>
      <Notes notes={form.notes} />
      {form.signature.length > 0 && (
        <p className="signature">
          {form.signature.map((place) => (
            <span key={place}>{place}</span>
          ))}
        </p>
      )}
      <footer>{form.provenance}</footer>
    </>
  );
}
