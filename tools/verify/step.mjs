// One step of `npm run verify`: a command whose output is seen as it comes, timed and limited.

import { spawn } from 'node:child_process';

/**
 * @param {string} name
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{cwd: string, limit: number}} options limit in milliseconds
 * @returns {Promise<boolean>} true when it ended with 0 in time
 */
export function runStep(name, program, args, { cwd, limit }) {
  const start = Date.now();
  console.log(`\n── ${name}`);
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
    const timer = setTimeout(() => {
      console.log(`── ${name} did not end within ${limit / 60_000} minutes and is stopped`);
      child.kill('SIGKILL');
    }, limit);
    /** @param {boolean} passed @param {string} [why] */
    const end = (passed, why) => {
      clearTimeout(timer);
      const seconds = ((Date.now() - start) / 1000).toFixed(1);
      console.log(`── ${name} ${passed ? 'passed' : 'FAILED'} in ${seconds} s${why ? `: ${why}` : ''}`);
      resolve(passed);
    };
    child.once('error', (error) => end(false, error.message));
    child.once('exit', (code, signal) => end(code === 0, signal ? `ended by ${signal}` : undefined));
  });
}
