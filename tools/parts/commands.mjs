// Finding and running the programs that are there already.

import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A part that cannot be had here; the message is the reason in one sentence. */
export class Missing extends Error {}

/**
 * @param {string} name
 * @returns {string | undefined} its full path, looked for on PATH
 */
export function onPath(name) {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    if (folder && isProgram(join(folder, name))) return join(folder, name);
  }
  return undefined;
}

/**
 * @param {string} variable an environment variable that may name a program
 * @returns {string | undefined} the program; nothing when the variable is not set
 */
export function namedBy(variable) {
  const path = process.env[variable];
  if (!path) return undefined;
  if (!isProgram(path)) throw new Missing(`${variable} names ${path}, which is not a program.`);
  return path;
}

/**
 * Runs a program to its end without a shell.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: Record<string, string>}} [options] env is added to ours
 * @returns {Promise<string>} what it wrote to standard output; on failure an error with its last lines
 */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let complaints = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (complaints = (complaints + text).slice(-4000)));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else
        reject(
          new Error(`${program} ${args[0] ?? ''} ended with ${signal ?? code}: ${lastLine(complaints || output)}`),
        );
    });
  });
}

/** @param {string} text */
function lastLine(text) {
  return text.trim().split('\n').slice(-3).join(' / ').slice(-600);
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
