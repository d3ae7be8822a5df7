import { Counter, Histogram } from 'prom-client';
import { AssayError, assayMetrics, durationBuckets } from '../common';
import type { Forge } from './forge';

const registers = [assayMetrics];
const calls = new Counter({
  name: 'assay_forge_calls_total',
  help: 'Questions to the forge by what was asked; the outcome is ok or the kind of the refusal.',
  labelNames: ['operation', 'outcome'],
  registers,
});
const durations = new Histogram({
  name: 'assay_forge_call_duration_seconds',
  help: 'How long the forge took to answer or to fail.',
  labelNames: ['operation'],
  buckets: durationBuckets,
  registers,
});

/** What takes a way to the forge; the other members answer from what they hold. */
const operations = [
  'access',
  'scopesAllowWriting',
  'project',
  'mergeRequest',
  'mergeRequestsOfCommit',
  'mergeRequestsOfBranch',
  'commits',
  'createComment',
  'updateComment',
  'findComment',
  'setStatus',
  'registerWebhook',
  'removeWebhook',
  'check',
] as const satisfies readonly (keyof Forge)[];

type Asking = (...values: unknown[]) => Promise<unknown>;

function isAsking(name: string | symbol): name is (typeof operations)[number] {
  return (operations as readonly (string | symbol)[]).includes(name);
}

async function timed(operation: string, ask: () => Promise<unknown>): Promise<unknown> {
  const began = performance.now();
  let outcome = 'ok';
  try {
    return await ask();
  } catch (error) {
    outcome = error instanceof AssayError ? error.kind : 'internal';
    throw error;
  } finally {
    calls.inc({ operation, outcome });
    durations.observe({ operation }, (performance.now() - began) / 1_000);
  }
}

/** The same forge (also for `instanceof`), its calls counted and timed. */
export function measuredForge<Adapter extends Forge>(forge: Adapter): Adapter {
  return new Proxy(forge, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      const method = member as Asking;
      if (!isAsking(name)) return method.bind(target);
      return (...values: unknown[]) => timed(name, () => method.apply(target, values));
    },
  });
}
