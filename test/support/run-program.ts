import { spawn } from 'node:child_process';
import { basename } from 'node:path';

/** How a program ended. */
export interface ProgramResult {
  /** Its exit code, or -1 when a signal ended it. */
  code: number;
  stdout: string;
  stderr: string;
}

export interface ProgramOptions {
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Milliseconds; then it is killed and the promise rejects. */
  within: number;
}

/** Runs a program of another language to its end, whatever its exit code. */
export function runProgram(
  binary: string,
  args: readonly string[],
  { env, cwd, within }: ProgramOptions,
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${basename(binary)} did not end within ${within} ms:\n${output.stdout}\n${output.stderr}`));
    }, within);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(limit);
      resolve({ code: code ?? -1, ...output });
    });
  });
}
