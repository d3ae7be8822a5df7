import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { requirePart } from './parts';
import type { PythonResult } from './mlflow-client';

const patience = 120_000;

/** Compiles and runs a source file with the unmodified Java client on its classpath. */
export function runJava(source: string, env: Record<string, string>): Promise<PythonResult> {
  const { binary, classpath } = requirePart('mlflowJava');
  return new Promise((resolve, reject) => {
    const child = spawn(binary, ['-cp', classpath, source], {
      cwd: tmpdir(),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`Java did not end within ${patience} ms:\n${output.stdout}\n${output.stderr}`));
    }, patience);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(limit);
      resolve({ code: code ?? -1, ...output });
    });
  });
}
