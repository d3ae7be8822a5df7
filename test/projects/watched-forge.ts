import { unavailable } from '../../src/common';
import type { Forge, LocalForge } from '../../src/forge';

/** What is seen of a forge, and what can be done to it. */
export interface Watch {
  /** Calls since the start, by method. */
  readonly calls: Map<string, number>;
  /** While true, nothing is answered. */
  down: boolean;
  /** While set, every answer waits for it. */
  gate: Promise<void> | undefined;
}

const spoken = new Set<string | symbol>(['name', 'webhookProject', 'readWebhook']);

/** The real forge behind a wire that can be cut and that counts. It stays an instance of its class. */
export function watch(forge: LocalForge, signing?: Forge): { readonly watched: Forge; readonly watch: Watch } {
  const seen: Watch = { calls: new Map(), down: false, gate: undefined };
  const watched = new Proxy(forge, {
    get(target, property): unknown {
      if (signing !== undefined && spoken.has(property)) target = signing as never;
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function' || typeof property !== 'string') return value;
      if (!['access', 'scopesAllowWriting', 'project', 'registerWebhook'].includes(property))
        return value.bind(target) as unknown;
      return async (...parameters: unknown[]): Promise<unknown> => {
        seen.calls.set(property, (seen.calls.get(property) ?? 0) + 1);
        if (seen.down) throw unavailable('The forge does not answer.');
        await seen.gate;
        return Reflect.apply(value, target, parameters) as unknown;
      };
    },
  });
  return { watched, watch: seen };
}
