import { Link } from 'react-router';
import type { EventJson } from '../../api/types.js';
import type { BookPlace } from '../../app/book.js';
import { Money } from '../../ui/money.js';
import { Person } from '../../ui/person.js';
import { WindowTable, type WindowColumn } from '../../ui/window-table.js';
import type { FormName } from '../posting/forms.js';
import { useText } from './locale.js';
import type { PostingRow } from './posting-rows.js';

/** What may follow a posting: the form that opens, and the field of it that takes the posting's id. */
const FOLLOWED_BY: Readonly<Record<string, readonly Follows[]>> = {
  PaymentMade: [{ form: 'refund-payment', field: 'payment', word: 'refund' }],
  FundsAllocatedDirectly: [
    { form: 'acknowledge-allocation', field: 'allocation', word: 'acknowledge' },
  ],
  FundsReserved: [
    { form: 'make-payment', field: 'reservation', word: 'pay' },
    { form: 'release', field: 'reservation', word: 'release' },
  ],
};

interface Follows {
  readonly form: FormName;
  readonly field: string;
  readonly word: 'refund' | 'acknowledge' | 'pay' | 'release';
}

const REVERSIBLE = [
  'CarryoverBroughtIn',
  'BudgetApproved',
  'BudgetAdjusted',
  'BudgetTransferred',
  'FundsAllocatedDirectly',
  'FundsReserved',
  'ReservationReleased',
  'PaymentMade',
  'PaymentRefunded',
];

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const documentOf = ({ data }: EventJson): string =>
  textOf(data['voucher']) || textOf((data['document'] as { number?: string } | undefined)?.number);

interface Props {
  readonly book: BookPlace;
  readonly label: string;
  readonly rows: readonly PostingRow[];
  /** Whether what follows a posting is offered: to those who may post. */
  readonly posts: boolean;
}

export function PostingsTable({ book, label, rows, posts }: Props) {
  const text = useText();
  const base = `/books/${book.unit}/${book.fiscalYear}/book/post`;
  const columns: WindowColumn<PostingRow>[] = [
    {
      id: 'index',
      label: text('index'),
      width: 64,
      numeric: true,
      cell: ({ event }) => event.index,
    },
    { id: 'date', label: text('date'), width: 96, cell: ({ event }) => event.date },
    {
      id: 'kind',
      label: text('kind'),
      width: 96,
      cell: ({ event }) => text(event.type as Parameters<typeof text>[0]),
    },
    {
      id: 'line',
      label: text('line'),
      width: 110,
      cell: ({ line }) => line && `${line.project}${line.origin === 'carryover' ? ' ↻' : ''}`,
    },
    {
      id: 'amount',
      label: text('amount'),
      width: 130,
      numeric: true,
      cell: ({ line }) => line && <Money yuan={line.amount} />,
    },
    { id: 'document', label: text('document'), width: 190, cell: ({ event }) => documentOf(event) },
    {
      id: 'about',
      label: text('about'),
      width: 210,
      cell: ({ event }) => textOf(event.data['reason']) || textOf(event.data['name']),
    },
    {
      id: 'people',
      label: text('people'),
      width: 130,
      cell: ({ event: { actor, approvedBy } }) => (
        <>
          <Person id={actor} />
          {approvedBy && (
            <>
              {' / '}
              <Person id={approvedBy} />
            </>
          )}
        </>
      ),
    },
  ];
  const next: WindowColumn<PostingRow> = {
    id: 'next',
    label: text('more'),
    width: 130,
    cell: ({ event: { type, commandId } }) => {
      const follows = FOLLOWED_BY[type] ?? [];
      const id = encodeURIComponent(commandId);
      return (
        <span className="next">
          {follows.map(({ form, field, word }) => (
            <Link key={form} to={`${base}/${form}?${field}=${id}`}>
              {text(word)}
            </Link>
          ))}
          {REVERSIBLE.includes(type) && (
            <Link to={`${base}/reverse-entry?entry=${id}`}>{text('reverse')}</Link>
          )}
        </span>
      );
    },
  };
  return (
    <WindowTable
      label={label}
      columns={posts ? [...columns, next] : columns}
      count={rows.length}
      rowAt={(at) => rows[at]}
      keyOf={({ key }) => key}
      heightPx={380}
    />
  );
}
