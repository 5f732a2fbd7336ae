import { Link } from 'react-router';
import type { BookPlace } from '../../app/book.js';
import { useText } from './locale.js';
import type { Outcome } from './submit.js';

/** What became of the posting, and where to look at it. */
export function PostedNote({ book, outcome }: { book: BookPlace; outcome: Outcome }) {
  const text = useText();
  const base = `/books/${book.unit}/${book.fiscalYear}`;
  return (
    <p className="notice done" role="status">
      {'index' in outcome ? text('posted', { index: outcome.index }) : text('proposed')}{' '}
      {'index' in outcome ? (
        <Link to={`${base}/book`}>{text('seeBook')}</Link>
      ) : (
        <Link to={`${base}/approvals`}>{text('seeApprovals')}</Link>
      )}
    </p>
  );
}
