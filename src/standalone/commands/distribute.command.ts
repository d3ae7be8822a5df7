import type { Command } from 'commander';
import { distributeDatabase } from '../../index';
import { ConfigurationError, readConfiguration } from '../config/environment';

async function run({ json }: { json?: boolean }): Promise<void> {
  const { databaseUrl } = readConfiguration(process.env);
  if (databaseUrl === undefined) {
    throw new ConfigurationError(['ASSAY_DATABASE_URL: needed here; an embedded database has no Citus.']);
  }
  const tables = await distributeDatabase(databaseUrl);
  const lines = tables.map(({ name, before }) => `${before ? 'was' : 'now'} distributed  ${name}\n`);
  process.stdout.write(json === true ? `${JSON.stringify({ tables })}\n` : lines.join(''));
}

/** `assay distribute` */
export function addDistribute(assay: Command): void {
  assay
    .command('distribute')
    .description('Distribute the tables of ASSAY_DATABASE_URL by project over the nodes of Citus; safe to repeat.')
    .option('--json', 'print the tables as JSON')
    .action(run);
}
