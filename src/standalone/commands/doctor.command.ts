import type { Command } from 'commander';
import { examine, type Finding } from '../doctor/doctor';

function print(findings: readonly Finding[]): string {
  return findings.map(({ part, ok, says }) => `${ok ? '✔' : '✘'} ${part.padEnd(9)} ${says}`).join('\n');
}

async function run({ json }: { json?: boolean }): Promise<void> {
  const findings = await examine(process.env);
  process.stdout.write(`${json === true ? JSON.stringify(findings) : print(findings)}\n`);
  process.exitCode = findings.every(({ ok }) => ok) ? 0 : 1;
}

/** `assay doctor` */
export function addDoctor(assay: Command): void {
  assay
    .command('doctor')
    .description('Check configuration, database, store, forge and clock; says what is wrong and how to mend it.')
    .option('--json', 'print JSON')
    .action(run);
}
