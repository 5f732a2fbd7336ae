import { Ledger } from '#projections';
import { makeReport, render } from '#reports';
import { quantile } from './fixtures.mjs';

const ROUNDS = 300;

async function timesOf(directory, books) {
  const ledger = await Ledger.open({ directory });
  await ledger.catchUp();
  const times = [];
  for (let i = 0; i < ROUNDS; i++) {
    const unit = `U${(i * 7919) % books}`;
    const t = performance.now();
    const figures = ledger.figures({ unit, fiscalYear: 2024 }, {}, { events: true });
    render(makeReport('annex-3', { figures }), 'json');
    times.push(performance.now() - t);
  }
  await ledger.close();
  return times.slice(50);
}

/** Annex 3 of books of the same size, in a small and in a large store. */
export async function benchAnnex(small, large) {
  const [a, b] = [await timesOf(...small), await timesOf(...large)];
  const show = (times) =>
    `p50 ${quantile(times, 0.5).toFixed(2)} ms, p99 ${quantile(times, 0.99).toFixed(2)} ms`;
  return {
    name: 'annex 3 in the large store against the small one, p50',
    ratio: quantile(b, 0.5) / quantile(a, 0.5),
    aim: 1.3,
    atMost: true,
    detail: `${show(b)} against ${show(a)}`,
  };
}
