#!/usr/bin/env node
import cluster from 'node:cluster';
import { Command } from 'commander';
import { addDistribute } from './commands/distribute.command';
import { addDoctor } from './commands/doctor.command';
import { addGc } from './commands/gc.command';
import { addLocal } from './commands/local.command';
import { addMigrate } from './commands/migrate.command';
import { addProject } from './commands/project.command';
import { addServe } from './commands/serve.command';
import { serveInWorker } from './commands/worker';

/** The `assay` command. */
export function program(): Command {
  const assay = new Command('assay');
  assay
    .description('Machine-learning experiments for every project of a forge.')
    .addHelpText('after', '\nSettings are environment variables ASSAY_*; the README lists them.');
  addServe(assay);
  addMigrate(assay);
  addDistribute(assay);
  addDoctor(assay);
  addGc(assay);
  addProject(assay);
  addLocal(assay);
  return assay;
}

// The job queue calls pg in a way that pg 9 will refuse; whoever runs the server can do nothing about the warning.
process.noDeprecation = true;

async function main(): Promise<void> {
  if (cluster.isWorker) return serveInWorker();
  await program().parseAsync(process.argv);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
