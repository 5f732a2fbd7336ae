import type { FastifyInstance } from 'fastify';
import { LedgerRefusal } from '#domain';
import type { Ledger } from '#projections';
import { REQUEST } from '../http/sentences.js';
import { HEALTH_PATHS } from './health-paths.js';

/**
 * Whether this process has had, once since its start, all of the log there was. Until then its figures may be
 * less than what is so, and nothing but its health is told. Afterwards it goes on answering whatever becomes of
 * the store's server: what it has is a state that the log was in.
 */
export class LogArrival {
  #target: number | undefined;
  #hasArrived = false;
  #looking: Promise<boolean> | undefined;

  constructor(
    private readonly ledger: Ledger,
    /** Done once, before anything is told. */
    private readonly prepare: () => Promise<void> = () => Promise.resolve(),
  ) {}

  /** Looks whether it is there by now. */
  async look(): Promise<boolean> {
    if (this.#hasArrived) return true;
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #look(): Promise<boolean> {
    const { store } = this.ledger;
    if (this.#target === undefined && store.caughtUp) this.#target = await store.size();
    // a projection that has stopped says so by itself, where it is asked
    if (this.#target === undefined || this.ledger.status().logSize < this.#target) return false;
    await this.prepare();
    return (this.#hasArrived = true);
  }

  /** Refuses every request but those about health until then. To be called before any other hook is added. */
  guard(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', async ({ routeOptions: { url = '' } }) => {
      if (!url.startsWith(API) || IS_HEALTH.test(url)) return;
      if (await this.look()) return;
      throw LedgerRefusal.of('catching-up', REQUEST.catchingUp());
    });
  }
}

const API = '/api/v1/';
const IS_HEALTH = new RegExp(`^${API}(${HEALTH_PATHS.join('|')})$`);
