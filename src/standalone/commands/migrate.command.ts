import type { Command } from 'commander';
import { prepareDatabase } from '../../index';
import { ConfigurationError, readConfiguration } from '../config/environment';

async function run({ json }: { json?: boolean }): Promise<void> {
  const { databaseUrl } = readConfiguration(process.env);
  if (databaseUrl === undefined) {
    throw new ConfigurationError([
      'ASSAY_DATABASE_URL: needed here; an embedded database is brought up to date by `assay serve` itself.',
    ]);
  }
  const names = await prepareDatabase(databaseUrl);
  if (json === true) process.stdout.write(`${JSON.stringify({ migrations: names })}\n`);
  else process.stdout.write(names.length === 0 ? 'The schema is up to date.\n' : `Ran ${names.join(', ')}.\n`);
}

/** `assay migrate` */
export function addMigrate(assay: Command): void {
  assay
    .command('migrate')
    .description('Bring the schema of ASSAY_DATABASE_URL up to date; safe while an older version serves.')
    .option('--json', 'print the names of the files that ran as JSON')
    .action(run);
}
