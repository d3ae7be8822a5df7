import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until there is an answer; says what was waited for when there is none in time. */
export async function until<Result>(
  what: string,
  milliseconds: number,
  ask: () => Promise<Result | undefined>,
): Promise<Result> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`Waited ${milliseconds} ms in vain: ${what}`);
    await sleep(50);
  }
}
