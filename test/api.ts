import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Ledger } from '#projections';
import { Access, type AccessOptions } from '#accounts';
import { createApi, type ApiOptions } from '../apps/api/src/create-api.js';
import { POSTINGS } from '../apps/api/src/books/postings.js';

export const BOOK_URL = '/api/v1/books/430203-208001/2023';
const SEGMENT_OF = new Map<string, string>(Object.entries(POSTINGS).map(([s, c]) => [c, s]));

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown> & { code?: string; detail?: string };
}

type Options = Omit<ApiOptions, 'access'> & AccessOptions;

/** The API over a ledger, in memory where no directory is given, asked over a real socket. */
export class Api {
  private constructor(
    readonly ledger: Ledger,
    readonly access: Access,
    readonly app: NestFastifyApplication,
    readonly url: string,
    private readonly stopFollowing: () => void,
  ) {}

  static async start(options: Options = {}): Promise<Api> {
    const { directory } = options;
    return Api.over(await Ledger.open(directory === undefined ? {} : { directory }), options);
  }

  /** Over a ledger that is closed with it. */
  static async over(ledger: Ledger, options: Options = {}): Promise<Api> {
    const access = await Access.open(ledger, options);
    const stopFollowing = ledger.follow((error) => {
      throw error;
    });
    const app = await createApi(ledger, { logger: false, ...options, access });
    await app.listen(0, '127.0.0.1');
    return new Api(ledger, access, app, await app.getUrl(), stopFollowing);
  }

  async stop(): Promise<void> {
    this.stopFollowing();
    await this.app.close();
    await this.access.close();
    await this.ledger.close();
  }

  async ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(this.url + path, init);
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (json ? JSON.parse(text) : {}) as Answer['body'],
    };
  }

  post(path: string, key: string, body: unknown, headers: Record<string, string> = {}) {
    return this.ask(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': key,
        'x-actor': 'clerk',
        ...headers,
      },
      body:
        typeof body === 'string' || body instanceof Uint8Array
          ? (body as string)
          : JSON.stringify(body),
    });
  }

  /** Posts a line of a command file as the HTTP request that it is. */
  postLine(line: string): Promise<Answer> {
    const { command, id, unit, fiscalYear, ...body } = JSON.parse(line) as Record<string, unknown>;
    return command === 'open-book'
      ? this.post('/api/v1/books', String(id), { ...body, unit, fiscalYear })
      : this.post(`${BOOK_URL}/${SEGMENT_OF.get(String(command))}`, String(id), body);
  }
}

export const pay = (more: object = {}) => ({
  date: '2023-11-12',
  payee: '甲',
  lines: [
    {
      project: 'GL',
      fund: 'general-public-budget',
      origin: 'current',
      economic: '30299',
      amount: '1.00',
      ...more,
    },
  ],
});
