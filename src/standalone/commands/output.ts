/** The flag that every command has. */
export interface Output {
  readonly json?: boolean;
}

/** Prints a server's answer for a person, or as JSON. */
export function print(answer: unknown, { json }: Output): void {
  if (answer === undefined) process.stdout.write(json === true ? '{}\n' : 'Done.\n');
  else if (json === true) process.stdout.write(`${JSON.stringify(answer)}\n`);
  else if (Array.isArray(answer)) console.table(answer);
  else {
    const lines = Object.entries(answer as object).map(
      ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    );
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}
