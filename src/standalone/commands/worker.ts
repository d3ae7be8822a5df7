import { closeServer, startServer } from '../server/server';
import { tellReady, workerPlan } from '../server/workers';

/** What a worker process does: serve until the first process ends it. */
export async function serveInWorker(): Promise<void> {
  const app = await startServer(workerPlan());
  const stop = (): void => {
    void closeServer(app).then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  // Ctrl-C reaches the whole group; the first process decides.
  process.on('SIGINT', () => undefined);
  process.once('disconnect', stop);
  tellReady();
}
