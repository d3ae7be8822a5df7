/**
 * Who may import whom (docs/architecture.md). A row of `may` lists the folders of src/ that a folder may reach, itself aside.
 */
const may = {
  common: [],
  database: ['common'],
  forge: ['common', 'database'],
  access: ['common', 'forge'],
  projects: ['common', 'database', 'forge', 'access'],
  experiments: ['common', 'database', 'access', 'projects'],
  candidates: ['common', 'database', 'access', 'projects', 'experiments'],
  artifacts: ['common', 'database', 'access', 'projects', 'experiments', 'candidates'],
  models: ['common', 'database', 'access', 'projects', 'experiments', 'candidates', 'artifacts'],
  'merge-requests': [
    'common',
    'database',
    'forge',
    'access',
    'projects',
    'experiments',
    'candidates',
    'artifacts',
    'models',
  ],
  deletion: [
    'common',
    'database',
    'access',
    'projects',
    'experiments',
    'candidates',
    'artifacts',
    'models',
    'merge-requests',
  ],
  pages: ['common', 'access', 'projects', 'experiments', 'candidates', 'artifacts', 'models', 'merge-requests'],
  usage: ['common', 'database', 'access'],
  host: ['common'],
  'api-document': ['common', 'access'],
  mlflow: ['common', 'access', 'projects', 'experiments', 'candidates', 'artifacts', 'models'],
};
const features = Object.keys(may).filter((folder) => folder !== 'common' && folder !== 'database');

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...Object.entries(may).map(([folder, allowed]) => ({
      name: `${folder}-imports`,
      severity: 'error',
      from: { path: `^src/${folder}/` },
      to: { path: '^src/', pathNot: `^src/(${[folder, ...allowed].join('|')})/` },
    })),
    ...features.map((folder) => ({
      name: `${folder}-by-its-index`,
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/${folder}/` },
      to: { path: `^src/${folder}/`, pathNot: `^src/${folder}/index\\.ts$` },
    })),
    {
      name: 'standalone-imports-as-a-host-would',
      severity: 'error',
      from: { path: '^src/standalone/' },
      to: { path: '^src/', pathNot: '^src/(index\\.ts$|standalone/)' },
    },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '\\.spec\\.ts$' }, to: {} },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '\\.spec\\.ts$' },
  },
};
