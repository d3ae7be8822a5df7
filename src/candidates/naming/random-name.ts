import { randomInt } from 'node:crypto';
import { adjectives, nouns } from './words';

/** A name to tell candidates apart by, such as `amber-heron-417`; not unique. */
export function randomName(random: (below: number) => number = randomInt): string {
  const adjective = adjectives[random(adjectives.length)] ?? 'plain';
  const noun = nouns[random(nouns.length)] ?? 'stone';
  return `${adjective}-${noun}-${random(1_000)}`;
}
