import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Ledger } from '#projections';
import { Policy } from '../access/policy.js';
import { HEALTH_PATHS } from './health-paths.js';

const [LIVE, READY, METRICS] = HEALTH_PATHS;

const TAKES_WITHIN_MS = 1000;

/** For whoever runs the server: is it alive, may it be asked, and how far is it; at the root as well. */
@ApiTags('health')
@Controller(['', 'api/v1'])
export class HealthController {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  @Get(LIVE)
  @Policy('public')
  live() {
    return { status: 'up' };
  }

  /** Ready where the store has all of the log and every projection works and takes that within moments. */
  @Get(READY)
  @Policy('public')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const { caughtUp } = this.ledger.store;
    const logSize = await this.ledger.store.size();
    // what came in just now is on its way: a server that is busy is not one that is behind
    if (caughtUp) await this.ledger.waitFor(logSize, TAKES_WITHIN_MS).catch(() => undefined);
    const { projections } = this.ledger.status();
    const isTaken = projections.every((p) => p.failed === undefined && p.next >= logSize);
    const ready = caughtUp && isTaken;
    if (!ready) void reply.status(503).header('Retry-After', '1');
    return { status: ready ? 'up' : 'down', caughtUp, logSize, projections };
  }

  @Get(METRICS)
  @Policy('watch-system')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async metrics(): Promise<string> {
    const { projections } = this.ledger.status();
    const lines = [
      '# TYPE fiscal_log_events gauge',
      `fiscal_log_events ${await this.ledger.store.size()}`,
      '# TYPE fiscal_store_caught_up gauge',
      `fiscal_store_caught_up ${this.ledger.store.caughtUp ? 1 : 0}`,
      '# TYPE fiscal_projection_position gauge',
      ...projections.map((p) => `fiscal_projection_position{projection="${p.name}"} ${p.next}`),
      '# TYPE fiscal_projection_failed gauge',
      ...projections.map(
        (p) => `fiscal_projection_failed{projection="${p.name}"} ${p.failed === undefined ? 0 : 1}`,
      ),
      '# TYPE process_resident_memory_bytes gauge',
      `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    ];
    return `${lines.join('\n')}\n`;
  }
}
