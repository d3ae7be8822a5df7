import { isDeepStrictEqual } from 'node:util';
import type { Difference } from './differences';
import { normalise } from './normalise';
import { at, send, type Answered, type Scenario, type Side, type Step } from './step';

/** Where the two servers stand: which they are, and what each has said so far. */
interface Pair {
  readonly theirs: Side;
  readonly ours: Side;
  readonly theirKept: Map<string, string>;
  readonly ourKept: Map<string, string>;
}

function outcome({ status, body }: Answered): string {
  const code = at(body, 'error_code');
  return typeof code === 'string' ? `${status} ${code}` : String(status);
}

/** Errors are compared by status and code: our texts also say where the mistake is and what would do. */
function isError(answered: Answered): boolean {
  return answered.status >= 400;
}

async function compareStep(pair: Pair, step: Step, known: Difference | undefined): Promise<string | undefined> {
  const [theirs, ours] = await Promise.all([
    send(pair.theirs, step, pair.theirKept),
    send(pair.ours, step, pair.ourKept),
  ]);
  const outcomes = [outcome(theirs), outcome(ours)];
  const [theirBody, ourBody] = [normalise(theirs, pair.theirKept).body, normalise(ours, pair.ourKept).body];
  const alike = outcomes[0] === outcomes[1] && (isError(theirs) || isDeepStrictEqual(theirBody, ourBody));
  if (known !== undefined) {
    if (alike) return 'is listed as a difference, but the answers are alike';
    if (outcomes[0] === known.theirs && outcomes[1] === known.ours) return undefined;
    return `is listed as ${known.theirs} there and ${known.ours} here, but was ${outcomes.join(' and ')}`;
  }
  if (alike) return undefined;
  return `MLflow: ${outcomes[0] ?? ''} ${JSON.stringify(theirBody)}\nours: ${outcomes[1] ?? ''} ${JSON.stringify(ourBody)}`;
}

/** Scenarios that begin alike name what they make after themselves. */
function salted({ title }: Scenario): Map<string, string> {
  return new Map([['scenario', title]]);
}

/** Sends the steps to both servers, one after the other. Answers what is not as it should be, one text a step. */
export async function compare(
  scenario: Scenario,
  sides: Pick<Pair, 'theirs' | 'ours'>,
  differences: Readonly<Record<string, Difference>>,
): Promise<string[]> {
  const pair = { ...sides, theirKept: salted(scenario), ourKept: salted(scenario) };
  const found: string[] = [];
  for (const step of scenario.steps) {
    const name = `${scenario.title} / ${step.name}`;
    const wrong = await compareStep(pair, step, differences[name]);
    if (wrong !== undefined) found.push(`${name}: ${wrong}`);
  }
  return found;
}
