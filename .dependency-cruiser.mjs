/**
 * The layer rule of docs/architecture.md: domain <- event-store <- projections <- reports <- apps.
 * @type {import('dependency-cruiser').IConfiguration}
 */
const spec = '([.]spec[.]ts$|^libs/[^/]+/src/(testing/|contract-suite))';
const only = (name, folders, packages, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: '^(apps|libs)/', pathNot: [...folders, spec] },
  to: { path: packages.map((p) => `^node_modules/${p}(/|$)`) },
});
const layer = (name, may) => ({
  name: `${name}-imports-only-lower-layers`,
  severity: 'error',
  from: { path: `^libs/${name}/` },
  to: { path: '^(apps|libs|test)/', pathNot: [name, ...may].map((l) => `^libs/${l}/`) },
});

export default {
  forbidden: [
    layer('domain', []),
    layer('proof', []),
    layer('event-store', ['domain', 'proof']),
    layer('projections', ['domain', 'proof', 'event-store']),
    layer('reports', ['domain', 'event-store', 'projections']),
    layer('accounts', ['domain', 'event-store', 'projections']),
    {
      name: 'apps-do-not-know-each-other',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'no I/O, no clock, no framework',
      from: { path: '^libs/domain/', pathNot: spec },
      to: { pathNot: ['^libs/domain/', '^node_modules/(decimal[.]js|immutable)/'] },
    },
    only('decimal-only-in-money', ['^libs/domain/src/money/'], ['decimal[.]js']),
    only(
      'nest-only-at-the-edge',
      ['^apps/api/'],
      ['@nestjs', '@fastify', 'class-validator', 'class-transformer'],
    ),
    only(
      'drivers-only-in-adapters-and-stores',
      [
        '^libs/event-store/src/adapters/',
        '^libs/projections/src/kernel/',
        '^libs/accounts/src/adapters/',
      ],
      ['better-sqlite3', '@eventstore/db-client'],
    ),
    {
      name: 'libs-through-their-index',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: '^libs/', pathNot: '^libs/[^/]+/src/index[.]ts$' },
    },
    {
      name: 'web-app-stands-alone',
      severity: 'error',
      comment: 'what it knows of the server is the OpenAPI document',
      from: { path: '^apps/web/' },
      to: { path: '^(libs|test)/' },
    },
    only(
      'browser-packages-only-in-the-web-app',
      ['^apps/web/'],
      ['react', 'react-dom', 'react-router', 'antd', 'echarts', '@tanstack', 'i18next'],
    ),
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
