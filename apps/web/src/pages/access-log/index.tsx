import { useInfiniteQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import { answer, api } from '../../api/client.js';
import type { AccessEntry } from '../../api/types.js';
import { Failure } from '../../ui/failure.js';
import { Loading } from '../../ui/loading.js';
import { Mark } from '../../ui/mark.js';
import { WindowTable, type WindowColumn } from '../../ui/window-table.js';
import { useText } from './locale.js';

type Outcome = 'all' | AccessEntry['outcome'];
const OUTCOMES: readonly Outcome[] = ['all', 'denied', 'allowed'];

const PAGE = 500;
/** The log is read from its end: a page starts at `from` and stops before what was read already. */
const NEWEST: { readonly from?: number; readonly before: number } = { before: Infinity };

/** The reason of an allowed read as the log has it for good; all others are code words. */
const READ_NAMES = 'read with names of persons';

/** Every denial and every read of personal data; more is read as one scrolls. */
export default function AccessLogPage() {
  const text = useText();
  const [outcome, setOutcome] = useState<Outcome>('all');
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    {
      queryKey: ['access-log', outcome],
      initialPageParam: NEWEST,
      queryFn: async ({ pageParam: { from, before } }) => {
        const query = {
          limit: String(PAGE),
          ...(from !== undefined && { from: String(from) }),
          ...(outcome !== 'all' && { outcome }),
        };
        const { entries } = await answer(api.GET('/api/v1/access-log', { params: { query } }));
        return entries.filter(({ index }) => index < before).reverse();
      },
      getNextPageParam: (entries, _, { from, before }) => {
        const oldest = from ?? entries.at(-1)?.index ?? 0;
        return oldest === 0
          ? undefined
          : { from: Math.max(0, oldest - PAGE), before: Math.min(before, oldest) };
      },
    },
  );
  const columns: WindowColumn<AccessEntry>[] = [
    { id: 'index', label: text('index'), width: 70, numeric: true, cell: ({ index }) => index },
    {
      id: 'at',
      label: text('at'),
      width: 160,
      cell: ({ at }) => at.slice(0, 19).replace('T', ' '),
    },
    {
      id: 'outcome',
      label: text('outcome'),
      width: 80,
      cell: ({ outcome: o }) => <Mark tone={o === 'denied' ? 'refused' : 'held'}>{text(o)}</Mark>,
    },
    { id: 'person', label: text('person'), width: 120, cell: ({ person }) => person },
    { id: 'role', label: text('role'), width: 110, cell: ({ role }) => role },
    { id: 'method', label: text('method'), width: 70, cell: ({ method }) => method },
    { id: 'target', label: text('target'), width: 340, cell: ({ target }) => target },
    {
      id: 'reason',
      label: text('reason'),
      width: 170,
      cell: ({ reason }) => (reason === READ_NAMES ? text('readNames') : reason),
    },
    { id: 'remote', label: text('remote'), width: 110, cell: ({ remote }) => remote },
  ];
  const rows = data?.pages.flat();
  const moreNearEnd = (_: number, to: number) => {
    if (to >= (rows?.length ?? 0) && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  };
  return (
    <>
      <h1>{text('title')}</h1>
      <p className="faint">{text('about')}</p>
      <p>
        <Segmented<Outcome>
          aria-label={text('outcome')}
          value={outcome}
          onChange={setOutcome}
          options={OUTCOMES.map((value) => ({ value, label: text(value) }))}
        />
      </p>
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!rows && !error && <Loading />}
      {rows && (
        <WindowTable
          label={text('title')}
          columns={columns}
          count={rows.length}
          rowAt={(at) => rows[at]}
          keyOf={({ index }) => index}
          heightPx={560}
          drawn={moreNearEnd}
        />
      )}
    </>
  );
}
