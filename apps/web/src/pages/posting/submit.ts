import { api, keyed } from '../../api/client.js';
import { unjudged, type Posting, type Proposal } from '../../api/types.js';
import { pathOf, type BookPlace } from '../../app/book.js';
import { FORMS, type FormName } from './forms.js';

/** What became of a posting: recorded at an index of the log, or waiting for another person. */
export type Outcome = { readonly index: number } | { readonly proposal: string };

/** Sends what was previewed under the id of its draft: sent twice it is recorded once. */
export async function submit(
  book: BookPlace,
  name: FormName,
  id: string,
  body: Posting,
): Promise<Outcome> {
  // one body for all segments: what each takes is the form's matter, and judged by the server
  const path =
    `/api/v1/books/{unit}/{year}/${FORMS[name].segment}` as '/api/v1/books/{unit}/{year}/payments';
  const { data, response } = await api.POST(path, {
    params: { path: pathOf(book) },
    headers: keyed(id),
    body: body as never,
  });
  const ACCEPTED = 202;
  return response.status === ACCEPTED
    ? { proposal: (data as unknown as Proposal).id }
    : { index: (data as { index: number }).index };
}

/** Puts another posting in the place of a proposed one; approvals of the former are void. */
export async function editProposal(
  book: BookPlace,
  id: string,
  key: string,
  posting: Posting,
): Promise<Outcome> {
  await api.PUT('/api/v1/books/{unit}/{year}/proposals/{id}', {
    params: { path: { ...pathOf(book), id } },
    headers: keyed(key),
    body: { posting: unjudged(posting) },
  });
  return { proposal: id };
}
