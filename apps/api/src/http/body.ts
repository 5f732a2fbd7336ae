import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { LedgerRefusal } from '#domain';
import { parseStrictJson } from '#event-store';
import { REQUEST } from './sentences.js';

export const BODY_LIMIT_BYTES = 1024 * 1024;

/** Bodies are UTF-8 and strict JSON: what is posted is what was meant, or it is refused. */
export function readBodiesStrictly(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES },
    (request, body, done) => {
      const coding = request.headers['content-encoding'];
      if (coding !== undefined && coding !== 'identity') {
        done(LedgerRefusal.of('invalid-header', REQUEST.contentEncoding({ coding })));
        return;
      }
      let text: string;
      try {
        text = decoder.decode(body as Buffer);
      } catch {
        done(LedgerRefusal.of('invalid-encoding', REQUEST.notUtf8()));
        return;
      }
      const value = parseStrictJson(text);
      if (value.ok) done(null, value.value);
      else done(new LedgerRefusal(value.error));
    },
  );
}
