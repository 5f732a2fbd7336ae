// npm run bench [-- --json] [-- --events N]: the performance figures, as ratios of things that ran in turn.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchAnnex } from './annex.mjs';
import { benchAppend } from './append.mjs';
import { fill, seconds } from './fixtures.mjs';
import { benchHttp } from './http.mjs';
import { benchKurrentdb } from './kurrentdb.mjs';
import { benchLedgerCli } from './ledger-cli.mjs';
import { benchInclusion, benchTree, benchVerify } from './proof.mjs';
import { benchRebuild } from './rebuild.mjs';

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, events: { type: 'string', default: '1000000' } },
});
const PER_BOOK = 200;
const SMALL = 10_000;
const large = Number(values.events);
const results = [];
const report = (...lines) => {
  results.push(...lines);
  if (values.json) return;
  for (const r of lines) {
    if (r.skipped) console.log(`${r.name}: skipped, ${r.skipped}`);
    else {
      const figure = r.ratio ?? r.value;
      const holds = r.atMost ? figure <= r.aim : figure >= r.aim;
      const aim = `aim ${r.atMost ? '≤' : '≥'} ${r.aim}`;
      console.log(
        `${r.name}: ${figure.toFixed(2)} (${aim}${holds ? '' : ', MISSED'}) ${r.detail ?? ''}`,
      );
    }
  }
};

const root = mkdtempSync(join(tmpdir(), 'fiscal-bench-'));
try {
  report(await benchAppend());
  report(await benchKurrentdb());
  report(await benchTree());
  report(await benchHttp());
  report(await benchLedgerCli());
  const [smallDir, largeDir] = [join(root, 'small'), join(root, 'large')];
  const t = performance.now();
  await fill(smallDir, SMALL / PER_BOOK, PER_BOOK);
  await fill(largeDir, large / PER_BOOK, PER_BOOK);
  if (!values.json) console.log(`(stores filled in ${seconds(t).toFixed(0)} s)`);
  report(...benchRebuild(largeDir));
  report(await benchInclusion(largeDir));
  report(await benchVerify(largeDir));
  report(await benchAnnex([smallDir, SMALL / PER_BOOK], [largeDir, large / PER_BOOK]));
} finally {
  rmSync(root, { recursive: true });
}
if (values.json) console.log(JSON.stringify(results));
