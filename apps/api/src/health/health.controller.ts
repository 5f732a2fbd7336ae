import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Ledger } from '#projections';

export const HEALTH_PATHS = ['health/live', 'health/ready', 'metrics'] as const;
const [LIVE, READY, METRICS] = HEALTH_PATHS;

/** For whoever runs the server: is it alive, may it be asked, and how far is it; at the root as well. */
@ApiTags('health')
@Controller(['', 'api/v1'])
export class HealthController {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  @Get(LIVE)
  live() {
    return { status: 'up' };
  }

  /** Ready once the store has all of the log and every projection works and has taken that. */
  @Get(READY)
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const { projections } = this.ledger.status();
    const { caughtUp } = this.ledger.store;
    const logSize = await this.ledger.store.size();
    const isTaken = projections.every((p) => p.failed === undefined && p.next >= logSize);
    const ready = caughtUp && isTaken;
    if (!ready) void reply.status(503).header('Retry-After', '1');
    return { status: ready ? 'up' : 'down', caughtUp, logSize, projections };
  }

  @Get(METRICS)
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
