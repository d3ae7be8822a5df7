import { type Command, InvalidArgumentError } from 'commander';
import { collectGarbage, createArtifactStore, formatByteSize, type Garbage, type ProjectGarbage } from '../../index';
import { parseDuration } from '../config/duration';
import { readConfiguration } from '../config/environment';
import { checkMigrated, openDatabase } from '../postgres/open-database';
import { storeChoice } from '../server/choices';
import type { Output } from './output';

interface GcFlags extends Output {
  readonly dryRun?: boolean;
  /** Milliseconds. */
  readonly olderThan: number;
  readonly project?: string;
}

function readDuration(text: string): number {
  const duration = parseDuration(text);
  if (duration === undefined) throw new InvalidArgumentError('It is a length of time such as 30d, 12h or 90m.');
  return duration;
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

type Freed = Garbage['total'];

function isNothing(freed: Freed): boolean {
  return Object.values(freed).every((count) => count === 0);
}

function describe({ candidates, experiments, models, points, files, bytes }: Freed): string {
  const parts = [
    counted(candidates, 'candidate'),
    counted(experiments, 'experiment'),
    counted(models, 'model'),
    counted(points, 'point'),
    `${counted(files, 'file')} (${formatByteSize(bytes)})`,
  ];
  return parts.join(', ');
}

function printProject({ path, freed, trouble }: ProjectGarbage, verb: string): void {
  if (!isNothing(freed)) process.stdout.write(`${path}: ${verb} ${describe(freed)}\n`);
  if (trouble !== undefined) process.stderr.write(`${path}: ${trouble}\n`);
}

function printTotal({ uploads, total, troubles }: Garbage, verb: string): void {
  const ended = `${counted(uploads.uploads, 'unfinished upload')} (${formatByteSize(uploads.bytes)})`;
  process.stdout.write(`In total: ${verb} ${describe(total)}, ${ended}\n`);
  for (const trouble of troubles) process.stderr.write(`${trouble}\n`);
}

function asJson({ projects, uploads, total, troubles }: Garbage, dryRun: boolean): object {
  return {
    dry_run: dryRun,
    projects: projects.map(({ id, path, freed, trouble }) => ({ project_id: id, project: path, ...freed, trouble })),
    uploads,
    total,
    troubles,
  };
}

async function run({ dryRun = false, olderThan, project, json }: GcFlags): Promise<void> {
  const configuration = readConfiguration(process.env);
  const opened = await openDatabase(configuration);
  const { database } = opened;
  try {
    await checkMigrated(database);
    const verb = dryRun ? 'would free' : 'freed';
    const garbage = await collectGarbage(
      { database, store: createArtifactStore(storeChoice(configuration)) },
      { before: new Date(Date.now() - olderThan), dryRun, ...(project === undefined ? {} : { project }) },
      (done) => {
        if (json !== true) printProject(done, verb);
      },
    );
    if (json === true) process.stdout.write(`${JSON.stringify(asJson(garbage, dryRun))}\n`);
    else printTotal(garbage, verb);
    const failed = garbage.troubles.length > 0 || garbage.projects.some(({ trouble }) => trouble !== undefined);
    process.exitCode = failed ? 1 : 0;
  } finally {
    await opened.close();
  }
}

/** `assay gc` */
export function addGc(assay: Command): void {
  assay
    .command('gc')
    .description(
      'Delete for good what was deleted long ago, files that belong to nobody and unfinished uploads; safe to repeat, to kill and beside a running server.',
    )
    .option('--dry-run', 'say what would be freed and change nothing')
    .option(
      '--older-than <time>',
      'deleted at least so long ago, such as 30d or 12h',
      readDuration,
      readDuration('30d'),
    )
    .option('--project <project>', 'only this project, by its path or its id')
    .option('--json', 'print JSON')
    .action(run);
}
