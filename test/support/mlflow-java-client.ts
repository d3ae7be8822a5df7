import { tmpdir } from 'node:os';
import { requirePart } from './parts';
import { runProgram, type ProgramResult } from './run-program';

/** Compiles and runs a source file with the unmodified Java client on its classpath. */
export function runJava(source: string, env: Record<string, string>): Promise<ProgramResult> {
  const { binary, classpath } = requirePart('mlflowJava');
  const options = { cwd: tmpdir(), env: { ...process.env, ...env }, within: 120_000 };
  return runProgram(binary, ['-cp', classpath, source], options);
}
