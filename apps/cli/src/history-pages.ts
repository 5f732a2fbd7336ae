import type { BookId } from '#domain';
import type { StoredEvent } from '#event-store';
import type { Ledger } from '#projections';

const PAGE = 1000;

/** The history of a book or of the whole log between two indices, inclusive, page by page. */
export async function* pagesOf(
  ledger: Ledger,
  book: BookId | undefined,
  { from, to }: { readonly from: number; readonly to: number },
): AsyncGenerator<readonly StoredEvent[]> {
  for (let next = from; next <= to;) {
    const page = await ledger.history(book, { from: next, to, limit: PAGE });
    yield page;
    if (page.length < PAGE) return;
    next = page.at(-1)!.index + 1;
  }
}
