import { Link, useSearchParams } from 'react-router';
import { useBook } from '../../app/book.js';
import { keyOfText, useLines } from '../../app/lines.js';
import { useDuties } from '../../app/session.js';
import { Failure } from '../../ui/failure.js';
import { Loading } from '../../ui/loading.js';
import { FORM_NAMES } from '../posting/forms.js';
import { useText as usePostingText } from '../posting/locale.js';
import { LinesTable } from './lines-table.js';
import { useText } from './locale.js';
import { usePostings } from './postings.js';
import { PostingsTable } from './postings-table.js';
import './book.css';

/** The forms that start from nothing; the others follow a posting and are offered beside it. */
const STARTED = FORM_NAMES.filter(
  (name) =>
    !['acknowledge-allocation', 'refund-payment', 'reverse-entry', 'release'].includes(name),
);

/** The book: what each budget line has, and every posting behind it. */
export default function BookPage() {
  const text = useText();
  const postingText = usePostingText();
  const book = useBook();
  const { posts } = useDuties(book.unit);
  const [search, setSearch] = useSearchParams();
  const line = search.get('line');
  const lines = useLines(book);
  const { rows, error, reading } = usePostings(book, line);
  if (lines.error) return <Failure error={lines.error} retry={() => void lines.refetch()} />;
  if (!lines.data) return <Loading />;

  const known = lines.data.lines;
  const { project } = keyOfText(line ?? '');
  const nameOfLine = `${project} ${known.find((l) => l.project === project)?.projectName ?? ''}`;
  const label = line === null ? text('postings') : text('postingsOf', { line: nameOfLine });
  const choose = (chosen: string | null) => setSearch(chosen === null ? {} : { line: chosen });
  return (
    <>
      <div className="page-head">
        <h1>{text('lines')}</h1>
        {posts && (
          <nav aria-label={text('post')} className="no-print">
            {STARTED.map((name) => (
              <Link key={name} to={`post/${name}`}>
                {postingText(name)}
              </Link>
            ))}
          </nav>
        )}
      </div>
      <LinesTable lines={lines.data} chosen={line} choose={choose} />
      <div className="page-head">
        <h2>{label}</h2>
        <span className="faint" role="status">
          {text(reading ? 'reading' : 'count', { n: rows.length })}
        </span>
        {line !== null && (
          <button type="button" className="as-link" onClick={() => choose(null)}>
            {text('allPostings')}
          </button>
        )}
      </div>
      {error && <Failure error={error} />}
      <PostingsTable book={book} label={label} rows={rows} posts={posts} />
    </>
  );
}
