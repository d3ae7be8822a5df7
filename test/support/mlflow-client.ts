import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { requirePart } from './parts';

/** How a Python program ended. */
export interface PythonResult {
  /** Its exit code, or -1 when a signal ended it. */
  code: number;
  stdout: string;
  stderr: string;
}

export interface PythonOptions {
  /** `MLFLOW_TRACKING_URI` and its siblings; nothing of MLflow's is taken from our own environment. */
  env?: Record<string, string>;
  args?: readonly string[];
  cwd?: string;
  /** Milliseconds, 120,000 unless told; then it is killed and the promise rejects. */
  within?: number;
}

/** Runs a script file, or the code itself, with the unmodified MLflow client 3.x or 2.x. */
export function runPython(
  part: 'mlflow3' | 'mlflow2',
  script: string,
  options: PythonOptions = {},
): Promise<PythonResult> {
  const { python } = requirePart(part);
  const what = script.endsWith('.py') && existsSync(script) ? [script] : ['-c', script];
  const { args = [], within = 120_000, cwd = tmpdir() } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(python, [...what, ...args], {
      cwd,
      env: environment(options.env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`Python did not end within ${within} ms:\n${output.stdout}\n${output.stderr}`));
    }, within);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(limit);
      resolve({ code: code ?? -1, ...output });
    });
  });
}

/** Few retries, so that a refusal shows within the test's time; no git of ours, no telemetry, no display. */
function environment(env: Record<string, string> = {}): NodeJS.ProcessEnv {
  const ours = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('MLFLOW_') && !name.startsWith('PYTHON'),
  );
  return {
    ...Object.fromEntries(ours),
    MLFLOW_HTTP_REQUEST_MAX_RETRIES: '1',
    MLFLOW_HTTP_REQUEST_TIMEOUT: '30',
    MLFLOW_DISABLE_TELEMETRY: 'true',
    DO_NOT_TRACK: 'true',
    GIT_PYTHON_REFRESH: 'quiet',
    MPLBACKEND: 'Agg',
    PYTHONUNBUFFERED: '1',
    ...env,
  };
}
