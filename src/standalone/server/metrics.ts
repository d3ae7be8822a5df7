import cluster, { type Worker } from 'node:cluster';
import { AggregatorRegistry, collectDefaultMetrics, Registry } from 'prom-client';
import { AssayError, assayMetrics } from '../../index';

/** Beside Assay's own measures, those of the process: processor, memory, event loop. */
const processMetrics = new Registry();

/** Milliseconds that the workers have to answer, a little more than the library gives them. */
const patience = 6_000;

interface Question {
  readonly kind: 'assay:metrics?';
  readonly id: number;
}

interface Answer {
  readonly kind: 'assay:metrics';
  readonly id: number;
  /** Absent when not every worker answered. */
  readonly text?: string;
}

function isOf<Message extends { readonly kind: string }>(kind: Message['kind'], message: unknown): message is Message {
  return (message as { kind?: unknown } | null)?.kind === kind;
}

function ownText(): Promise<string> {
  return Registry.merge([assayMetrics, processMetrics]).metrics();
}

function incomplete(): AssayError {
  const message = 'Not every worker process told its measures, so that the sums would be wrong; ask again.';
  return new AssayError('unavailable', message, { retryAfterSeconds: 5 });
}

/** Asks the first process, which asks every worker. */
class SumOfWorkers {
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private last = 0;

  constructor() {
    process.on('message', (message) => {
      if (isOf<Answer>('assay:metrics', message)) this.waiting.get(message.id)?.(message);
    });
  }

  async text(): Promise<string> {
    const id = (this.last += 1);
    const { text } = await new Promise<Answer>((resolve) => {
      const giveUp = setTimeout(resolve, patience, { kind: 'assay:metrics', id } satisfies Answer);
      this.waiting.set(id, (answer) => {
        clearTimeout(giveUp);
        resolve(answer);
      });
      process.send?.({ kind: 'assay:metrics?', id } satisfies Question);
    });
    this.waiting.delete(id);
    if (text === undefined) throw incomplete();
    return text;
  }
}

/** Begins to measure this process. @returns what Prometheus gets: of this process, or the sum of all workers */
export function measureProcess(): () => Promise<string> {
  if (processMetrics.getMetricsAsArray().length === 0) collectDefaultMetrics({ register: processMetrics });
  if (!cluster.isWorker) return ownText;
  AggregatorRegistry.setRegistries([assayMetrics, processMetrics]);
  new AggregatorRegistry();
  const sum = new SumOfWorkers();
  return () => sum.text();
}

/** In the first process: answers workers that ask for the sum of all. */
export function sumWorkers(): void {
  const registry = new AggregatorRegistry();
  const answer = async (worker: Worker, { id }: Question): Promise<void> => {
    const text = await registry.clusterMetrics().catch(() => undefined);
    if (worker.isConnected()) worker.send({ kind: 'assay:metrics', id, ...(text === undefined ? {} : { text }) });
  };
  cluster.on('message', (worker, message) => {
    if (isOf<Question>('assay:metrics?', message)) void answer(worker, message);
  });
}
