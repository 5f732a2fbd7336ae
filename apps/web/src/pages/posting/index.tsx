import { useQuery } from '@tanstack/react-query';
import { useParams, useSearchParams } from 'react-router';
import { answer, api } from '../../api/client.js';
import { pathOf, useBook } from '../../app/book.js';
import { bookKey, useLines } from '../../app/lines.js';
import { useSession } from '../../app/session.js';
import { Failure } from '../../ui/failure.js';
import { Loading } from '../../ui/loading.js';
import { draftOf, emptyDraft } from './draft.js';
import { entryFieldOf, filledFrom, useEntry } from './entry.js';
import { FORMS, isFormName, type FormName } from './forms.js';
import { useText } from './locale.js';
import { PostingEditor } from './posting-editor.js';
import './posting.css';

/** One posting being written: new, or a proposal under revision (`?proposal=`). */
export default function PostingPage() {
  const { command } = useParams();
  const text = useText();
  return isFormName(command) ? (
    <PostingOf name={command} key={command} />
  ) : (
    <p>{text('unknownForm')}</p>
  );
}

function PostingOf({ name }: { name: FormName }) {
  const text = useText();
  const book = useBook();
  const session = useSession();
  const [search] = useSearchParams();
  const id = search.get('proposal');
  const lines = useLines(book);
  const proposal = useQuery({
    queryKey: [...bookKey(book), 'proposals', id],
    queryFn: () =>
      answer(
        api.GET('/api/v1/books/{unit}/{year}/proposals/{id}', {
          params: { path: { ...pathOf(book), id: id! } },
        }),
      ),
    enabled: id !== null,
  });
  const given = givenBy(search, name);
  const entryId = given[entryFieldOf(name) ?? ''] ?? '';
  const entry = useEntry(book, entryId);
  const error = lines.error ?? proposal.error;
  if (error) return <Failure error={error} />;
  const isReading = (id !== null && !proposal.data) || (entryId !== '' && entry.isPending);
  if (!lines.data || isReading) return <Loading />;

  const who = session.account ?? 'open';
  const { unit, fiscalYear } = book;
  const about = [...Object.values(given), ...(id === null ? [] : [id])].join('/');
  return (
    <>
      <h1>{text(name)}</h1>
      <PostingEditor
        book={book}
        name={name}
        lines={lines.data}
        draftName={`${who}/${unit}/${fiscalYear}/${name}/${about}`}
        initial={() => {
          if (proposal.data) return draftOf(name, proposal.data.posting, proposal.data.payee);
          const begun = emptyDraft(given);
          return entry.data ? filledFrom(name, entry.data, begun) : begun;
        }}
        proposal={id ?? undefined}
      />
    </>
  );
}

/** What the address gives is filled in: the id of the payment to refund, the date. */
const givenBy = (search: URLSearchParams, name: FormName): Record<string, string> =>
  Object.fromEntries(
    FORMS[name].fields.flatMap(({ at }) => (search.has(at) ? [[at, search.get(at)!]] : [])),
  );
