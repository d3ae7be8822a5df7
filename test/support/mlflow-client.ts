import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { requirePart } from './parts';
import { runProgram, type ProgramResult } from './run-program';

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
): Promise<ProgramResult> {
  const { python } = requirePart(part);
  const what = script.endsWith('.py') && existsSync(script) ? [script] : ['-c', script];
  const { args = [], within = 120_000, cwd = tmpdir() } = options;
  return runProgram(python, [...what, ...args], { cwd, env: environment(options.env), within });
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
