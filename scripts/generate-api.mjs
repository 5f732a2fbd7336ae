#!/usr/bin/env node
/**
 * Writes the types of the web app's client from the OpenAPI document that the built API makes of itself:
 * `node scripts/generate-api.mjs`. With `--check` it writes nothing and ends with 1 where the file is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { createApi } from '../dist/apps/api/src/create-api.js';
import { Ledger } from '../dist/libs/projections/src/index.js';

const FILE = 'apps/web/src/api/schema.d.ts';

async function documentOfApi() {
  const ledger = await Ledger.open();
  const app = await createApi(ledger, { logger: false });
  await app.init();
  const { body } = await app.inject({ url: '/api/openapi.json' });
  await app.close();
  await ledger.close();
  return JSON.parse(body);
}

/** Headers are the client's own matter (apps/web/src/api/client.ts), not that of each call. */
function withoutHeaders(document) {
  for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path)))
    operation.parameters = operation.parameters?.filter(({ in: place }) => place !== 'header');
  return document;
}

const code = COMMENT_HEADER + astToString(await openapiTS(withoutHeaders(await documentOfApi())));
const wanted = await format(code, { ...(await resolveConfig(FILE)), parser: 'typescript' });
if (!process.argv.includes('--check')) writeFileSync(FILE, wanted);
else if (readFileSync(FILE, 'utf8') !== wanted) {
  console.error(`${FILE} is not what the API says of itself: npm run generate:api`);
  process.exitCode = 1;
}
