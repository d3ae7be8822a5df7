import type { ValueTransformer } from 'typeorm';

/** `bigint` as a number; ours stay below 2^53. */
export const asNumber: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};
