/** Which way imports may point (docs/architecture.md). */
const forbid = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    forbid('no-cycles', {}, { circular: true }),
    forbid(
      'rules-do-no-io',
      {
        path: '^packages/(otp|assurance|audit-proof|device-protocol|pskc|identity)/',
        pathNot: '\\.test\\.ts$',
      },
      { dependencyTypes: ['core'] },
      'Rules use Web Crypto and take what they need as arguments.',
    ),
    forbid(
      'flows-are-islands',
      { path: '^apps/server/src/flows/([^/]+/[^/]+)/', pathNot: '\\.test\\.ts$' },
      { path: '^apps/server/src/flows/', pathNot: '^apps/server/src/flows/$1/' },
      'What two flows share belongs to the gate, the platform or a package.',
    ),
    forbid(
      'services-know-no-http-or-sql',
      { path: '\\.service\\.ts$' },
      { path: '\\.(route|store)\\.ts$|node_modules/(pg|kysely|fastify)/' },
    ),
    forbid(
      'factors-know-no-gate-flow-or-protocol',
      { path: '^apps/server/src/factors/', pathNot: '\\.test\\.ts$' },
      { path: '^apps/server/src/(flows|protocols|stores)/' },
      'A factor judges and never decides.',
    ),
    forbid(
      'gate-knows-no-flow-protocol-or-store',
      { path: '^apps/server/src/gate/', pathNot: '\\.test\\.ts$' },
      { path: '^apps/server/src/(flows|protocols|stores)/' },
    ),
    forbid(
      'platform-knows-nobody',
      { path: '^apps/server/src/platform/', pathNot: '\\.test\\.ts$' },
      { path: '^apps/server/src/(gate|factors|flows|protocols|stores)/' },
    ),
    forbid(
      'stores-implement-ports-only',
      { path: '^apps/server/src/stores/', pathNot: '\\.test\\.ts$' },
      { path: '^apps/server/src/(flows|protocols)/.*\\.(route|schema)\\.ts$' },
    ),
    forbid('clients-use-the-api', { path: '^apps/(?!server/)' }, { path: '^apps/server/' }),
    forbid('packages-know-no-app', { path: '^packages/' }, { path: '^apps/' }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|generated)/' },
  },
};
