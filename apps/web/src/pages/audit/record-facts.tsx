import type { EventJson } from '../../api/types.js';
import { grouped } from '../../ui/amount.js';
import { Person } from '../../ui/person.js';
import { useText as useBookText } from '../book/locale.js';
import { useText } from './locale.js';
import { RecordProof } from './record-proof.js';
import '../reports/reports.css';

interface Line {
  readonly project: string;
  readonly fund?: string;
  readonly origin?: string;
  readonly economic?: string;
  readonly amount: string;
}

/** One record: what, when by both clocks, who, by which document, and its proof. */
export function RecordFacts({ event }: { event: EventJson }) {
  const text = useText();
  const { index, type, date, recordedAt, actor, approvedBy, data } = event;
  const lines = (Array.isArray(data['lines']) ? data['lines'] : []) as readonly Line[];
  const reason = data['reason'];
  return (
    <article className="record" aria-label={text('chosen', { index })}>
      <dl className="facts">
        <dt>{text('index')}</dt>
        <dd>
          {index} <TypeName type={type} />
        </dd>
        <dt>{text('businessDate')}</dt>
        <dd>{date}</dd>
        <dt>{text('recordedAt')}</dt>
        <dd>
          <time dateTime={recordedAt}>{new Date(recordedAt).toLocaleString()}</time>
        </dd>
        <dt>{text('actor')}</dt>
        <dd>
          <Person id={actor} />
        </dd>
        <dt>{text('approvedBy')}</dt>
        <dd>{approvedBy ? <Person id={approvedBy} /> : text('nobody')}</dd>
        <dt>{text('document')}</dt>
        <dd>{documentOf(event) || '–'}</dd>
        {typeof reason === 'string' && (
          <>
            <dt>{text('reason')}</dt>
            <dd>{reason}</dd>
          </>
        )}
        {lines.length > 0 && (
          <>
            <dt>{text('lines')}</dt>
            <dd>
              {lines.map((line, i) => (
                <div key={i}>
                  {[line.project, line.origin, line.economic].filter(Boolean).join(' ')}{' '}
                  {grouped(line.amount)}
                </div>
              ))}
            </dd>
          </>
        )}
      </dl>
      <RecordProof index={index} />
    </article>
  );
}

/** The number of the paper behind a record. */
export function documentOf({ data }: EventJson): string {
  const { document, voucher } = data as { document?: { number?: string }; voucher?: string };
  return voucher ?? document?.number ?? '';
}

export function TypeName({ type }: { type: string }) {
  return <>{useBookText()(type as never)}</>;
}
