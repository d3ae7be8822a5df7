import { invalid } from '../../common';

const namePattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;
// eslint-disable-next-line no-control-regex -- a branch may hold anything that git allows but these
const badInBranch = /[\u0000-\u0020~^:?*[\\\u007f]|\.\.|@\{|\/\/|^[/-]|[/.]$|\.lock$/;
const shaPattern = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

function checkName(name: string, field: string): string {
  if (namePattern.test(name)) return name;
  throw invalid(
    `${field} must be 1 to 100 letters, digits, "_", "-" or ".", and begin with none of the last two; got ${JSON.stringify(name)}`,
    field,
  );
}

/** The name of a user, as it may stand in an address. */
export function checkUsername(name: string): string {
  return checkName(name, 'username');
}

/** `namespace/name`; a bare name stands for `root/name`. */
export function fullPath(path: string): string {
  const parts = path.includes('/') ? path.split('/') : ['root', path];
  if (parts.length !== 2) throw invalid(`path must be "name" or "namespace/name"; got ${JSON.stringify(path)}`, 'path');
  return parts.map((part) => checkName(part, 'path')).join('/');
}

/** A branch's name by git's rules, at most 255 characters. */
export function checkBranch(name: string, field = 'branch'): string {
  if (name.length > 0 && name.length <= 255 && !badInBranch.test(name)) return name;
  throw invalid(`${field} must be a branch name by git's rules, at most 255 characters`, field);
}

/** Whether it is a whole commit id, SHA-1 or SHA-256. */
export function isSha(text: string): boolean {
  return shaPattern.test(text);
}

/** A whole commit id. */
export function checkSha(sha: string, field = 'sha'): string {
  if (isSha(sha)) return sha;
  throw invalid(`${field} must be 40 or 64 hexadecimal digits in lower case`, field);
}

/** A text that must be there and not too long, in characters. */
export function checkText(text: string, field: string, limit: number): string {
  if (text.trim() === '') throw invalid(`${field} must not be empty`, field);
  if (text.length > limit) throw invalid(`${field} must be at most ${limit} characters; got ${text.length}`, field);
  return text;
}
