import type { Command } from 'commander';
import { seedDemo } from '../demo/seed';
import { writeReady, type Ready } from '../data/ready';
import { serve, type RunningServer } from '../serve';
import { printReady } from './print-ready';

interface ServeFlags {
  readonly demo?: boolean;
  readonly json?: boolean;
}

function stopOnSignals(server: RunningServer): Promise<void> {
  return new Promise((resolve) => {
    let stopping = false;
    const stop = (): void => {
      if (stopping) return;
      stopping = true;
      void server.stop().then(resolve);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}

async function seedOrStop(server: RunningServer): Promise<NonNullable<Ready['demo']>> {
  try {
    return await seedDemo(server);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function run(flags: ServeFlags): Promise<void> {
  const server = await serve(process.env);
  const ended = stopOnSignals(server);
  let ready: Ready = server.ready;
  if (flags.demo === true) {
    ready = { ...ready, demo: await seedOrStop(server) };
    await writeReady(server.plan.configuration.dataFolder, ready);
  }
  process.stdout.write(flags.json === true ? `${JSON.stringify(ready)}\n` : printReady(ready));
  await ended;
}

/** `assay serve` */
export function addServe(assay: Command): void {
  assay
    .command('serve')
    .description('Start the server; it runs until Ctrl-C.')
    .option('--demo', 'fill a demo project on the local forge with candidates of a real training run')
    .option('--json', 'print what ready.json holds instead of text')
    .action(run);
}
